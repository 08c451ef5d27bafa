import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LEDGER_NAME, openOutputLedger } from './output-ledger.ts';
import { toStorageError, writeTogether } from './write-together.ts';
import { writePageOutputs } from './write-page-outputs.ts';

let root = '';
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'tracewright-export-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

const NAME = { folder: 'sub', stem: 'a.jpg', record: 'a_jpg' };
const ALL = { formats: ['csv', 'wfdb', 'json'] as const, source: 'a.jpg' };
const read = (path: string) => readFileSync(join(root, path), 'utf8');

describe('writeTogether', () => {
  it('makes folders and leaves nothing beside', async () => {
    await writeTogether([{ path: join(root, 'x/y/1.txt'), bytes: 'one' }]);
    expect(readdirSync(join(root, 'x/y'))).toEqual(['1.txt']);
    expect(read('x/y/1.txt')).toBe('one');
  });

  it('writes none of a set when one of them cannot be written', async () => {
    writeFileSync(join(root, 'file'), 'not a folder');
    const set = [
      { path: join(root, 'good.txt'), bytes: 'good' },
      { path: join(root, 'file/bad.txt'), bytes: 'bad' },
    ];
    await expect(writeTogether(set)).rejects.toMatchObject({ code: 'storage' });
    expect(readdirSync(root)).toEqual(['file']);
    const long = [{ path: join(root, `${'x'.repeat(300)}.txt`), bytes: '' }];
    await expect(writeTogether(long)).rejects.toThrow(/path is too long/);
    expect(readdirSync(root)).toEqual(['file']);
  });

  it('says a full disk in words', () => {
    const error = toStorageError(Object.assign(new Error('write'), { code: 'ENOSPC' }), '/x/a.csv');
    expect([error.code, error.message]).toEqual(['storage', 'Cannot write /x/a.csv: the disk is full.']);
  });
});

describe('writePageOutputs', () => {
  it('names files after the stem, WFDB after the record', async () => {
    const ledger = await openOutputLedger(root);
    const files = [
      { suffix: '.csv', bytes: 'c' },
      { suffix: '.hea', bytes: 'h' },
    ] as const;
    const result = await writePageOutputs(ledger, NAME, files, ALL);
    expect(result).toEqual({ written: ['sub/a.jpg.csv', 'sub/a_jpg.hea'], renewed: 0 });
    expect(readdirSync(join(root, 'sub')).sort()).toEqual(['a.jpg.csv', 'a_jpg.hea']);
  });

  it('renews its own files, also of an earlier process', async () => {
    await writePageOutputs(await openOutputLedger(root), NAME, [{ suffix: '.csv', bytes: '1' }], ALL);
    const again = await writePageOutputs(
      await openOutputLedger(root),
      NAME,
      [{ suffix: '.csv', bytes: '2' }],
      ALL,
    );
    expect(again.renewed).toBe(1);
    expect(read('sub/a.jpg.csv')).toBe('2');
  });

  it('keeps the results of another scan of the same name', async () => {
    const ledger = await openOutputLedger(root);
    await writePageOutputs(ledger, NAME, [{ suffix: '.csv', bytes: '1' }], ALL);
    const other = { ...ALL, source: 'a.jpg.png' };
    await expect(writePageOutputs(ledger, NAME, [{ suffix: '.csv', bytes: '2' }], other)).rejects.toThrow(
      /results of another scan, a\.jpg\./,
    );
    await writePageOutputs(ledger, NAME, [], other);
    expect(read('sub/a.jpg.csv')).toBe('1');
  });

  it('still knows a file as its own when renewing it failed half-way', async () => {
    const ledger = await openOutputLedger(root);
    await writePageOutputs(ledger, NAME, [{ suffix: '.csv', bytes: '1' }], ALL);
    mkdirSync(join(root, 'sub/a.jpg.json'));
    const both = [
      { suffix: '.csv', bytes: '2' },
      { suffix: '.json', bytes: '{}' },
    ] as const;
    await expect(writePageOutputs(ledger, NAME, both, ALL)).rejects.toMatchObject({ code: 'storage' });
    await ledger.note([{ path: 'sub/a.jpg.csv', bytes: '2' }], 'a.jpg');
    expect(await (await openOutputLedger(root)).occupant('sub/a.jpg.csv')).toMatchObject({ kind: 'ours' });
  });

  it('leaves foreign files and files changed since alone, unless told otherwise', async () => {
    mkdirSync(join(root, 'sub'));
    writeFileSync(join(root, 'sub/a.jpg.csv'), 'precious');
    const ledger = await openOutputLedger(root);
    const files = [
      { suffix: '.json', bytes: '{}' },
      { suffix: '.csv', bytes: '1' },
    ] as const;
    await expect(writePageOutputs(ledger, NAME, files, ALL)).rejects.toMatchObject({ code: 'storage' });
    expect(readdirSync(join(root, 'sub'))).toEqual(['a.jpg.csv']);
    expect(read('sub/a.jpg.csv')).toBe('precious');
    await writePageOutputs(ledger, NAME, files, { ...ALL, overwrite: true });
    expect(read('sub/a.jpg.csv')).toBe('1');
    writeFileSync(join(root, 'sub/a.jpg.csv'), 'edited by hand');
    await expect(writePageOutputs(ledger, NAME, files, ALL)).rejects.toThrow(/changed since/);
  });

  it('removes its own stale files of the asked formats when a page fails now', async () => {
    const ledger = await openOutputLedger(root);
    await writePageOutputs(
      ledger,
      NAME,
      [
        { suffix: '.csv', bytes: '1' },
        { suffix: '.json', bytes: 'old' },
        { suffix: '.dat', bytes: 'd' },
      ],
      ALL,
    );
    writeFileSync(join(root, 'sub/a_jpg.hea'), 'foreign');
    await writePageOutputs(ledger, NAME, [{ suffix: '.json', bytes: 'new' }], ALL);
    expect(readdirSync(join(root, 'sub')).sort()).toEqual(['a.jpg.json', 'a_jpg.hea']);
    await writePageOutputs(ledger, NAME, [], { formats: ['csv'], source: 'a.jpg' });
    expect(read('sub/a.jpg.json')).toBe('new');
  });
});

describe('openOutputLedger', () => {
  it('refuses an output folder that is a file', async () => {
    writeFileSync(join(root, 'out'), '');
    await expect(openOutputLedger(join(root, 'out'))).rejects.toMatchObject({ code: 'storage' });
  });

  it('loses one line at most to a crash in the middle of it', async () => {
    await writePageOutputs(await openOutputLedger(root), NAME, [{ suffix: '.csv', bytes: '1' }], ALL);
    writeFileSync(join(root, LEDGER_NAME), read(LEDGER_NAME) + '["abc","a.p');
    const json = { ...NAME, stem: 'b' };
    await writePageOutputs(await openOutputLedger(root), json, [{ suffix: '.json', bytes: '2' }], ALL);
    const ledger = await openOutputLedger(root);
    const kinds = [await ledger.occupant('sub/a.jpg.csv'), await ledger.occupant('sub/b.json')];
    expect(kinds).toEqual([
      { kind: 'ours', source: 'a.jpg' },
      { kind: 'ours', source: 'a.jpg' },
    ]);
  });

  it('passes over lines it cannot read', async () => {
    writeFileSync(join(root, LEDGER_NAME), 'nonsense\n[1]\n{}\n\n["a');
    expect(await (await openOutputLedger(root)).occupant('x')).toEqual({ kind: 'free' });
  });
});
