import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeSignal } from '../../formats/signal-format.ts';
import { SIGNAL_FORMATS } from '../../shared/signal-formats.ts';
import { ecgSignal } from '../../formats/signal/ecg-signal.ts';
import { LEAD_NAMES } from '../../shared/lead-name.ts';
import { planImport } from './plan-import.ts';
import { readKnownSignal } from './read-known-signal.ts';

let root = '';
beforeEach(() => (root = realpathSync(mkdtempSync(join(tmpdir(), 'tracewright-known-')))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, bytes: string | Uint8Array = ''): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), bytes);
}

const SIGNAL = ecgSignal({
  fs: 500,
  leads: LEAD_NAMES.map((name, i) => ({
    name,
    millivolts: Float32Array.from({ length: 500 }, (_, k) => 0.1 * i + 0.001 * (k % 250)),
  })),
});

test.each(SIGNAL_FORMATS.map(({ id }) => id))('%s is found beside its scan and read', async (format) => {
  put('a/page.png');
  for (const { suffix, bytes } of writeSignal(format, SIGNAL, 'page')) put(`a/page${suffix}`, bytes);
  const { pairs, mismatches } = await planImport(root);
  expect(mismatches).toEqual([]);
  expect(pairs).toMatchObject([{ scan: 'a/page.png', rule: 'same name' }]);
  const { table } = await readKnownSignal(root, pairs[0]!.signal.path, { seconds: 1 });
  expect([table.fs, ...table.leads.keys()]).toEqual([500, ...LEAD_NAMES]);
  expect(table.leads.get('V2')![7]).toBeCloseTo(0.707, 2);
});

test('of a recording that is written in every format one is taken', async () => {
  put('page.png');
  for (const { id } of SIGNAL_FORMATS) {
    for (const { suffix, bytes } of writeSignal(id, SIGNAL, 'page')) put(`page${suffix}`, bytes);
  }
  const { pairs, mismatches } = await planImport(root);
  expect(pairs.map(({ signal }) => signal)).toEqual([{ path: 'page.csv', kind: 'table' }]);
  expect(mismatches).toEqual([]);
});

test('parts of a WFDB record of several segments are no records of their own', async () => {
  put('m.png');
  put('m.hea', 'm/2 1 500 4\ns1 2\ns2 2\n');
  for (const name of ['s1', 's2']) {
    put(`${name}.hea`, `${name} 1 500 2\n${name}.dat 16 1000 16 0 0 3000 0 II\n`);
    put(`${name}.dat`, Uint8Array.of(232, 3, 208, 7));
  }
  const { pairs, mismatches } = await planImport(root);
  expect(mismatches).toEqual([]);
  const { table } = await readKnownSignal(root, pairs[0]!.signal.path, { seconds: 10 });
  expect([...table.leads.get('II')!]).toEqual([1, 2, 1, 2]);
});

test('tables that do not name their leads are asked about, and read as a person says', async () => {
  put('s.png');
  put('s.csv', 't;ch1;ch2;note\n0;1000;2000;7\n2;1500;2500;7\n4;1000;2000;7\n');
  put('settings.csv', 'key,value\n1,2\n');
  const asked = await planImport(root);
  expect(asked.pairs).toEqual([]);
  expect(asked.unnamed).toEqual([{ path: 's.csv', titles: ['t', 'ch1', 'ch2', 'note'] }]);
  expect(asked.mismatches).toMatchObject([{ kind: 'conflict', path: 's.csv' }]);
  const hints = { columns: { t: 'time (ms)', ch1: 'V1', ch2: 'V2', note: '' }, millivoltsPerUnit: 0.001 };
  const plan = await planImport(root, { hints });
  expect(plan.mismatches).toEqual([]);
  const { table } = await readKnownSignal(root, 's.csv', { ...plan.hints, seconds: 10 });
  expect([table.fs, ...table.leads.keys()]).toEqual([500, 'V1', 'V2']);
  expect([...table.leads.get('V2')!]).toEqual([2, 2.5, 2]);
});

test('a list says what belongs to what; lines that do not fit are conflicts', async () => {
  for (const path of ['img/1.png', 'img/2.png', 'img/3.png', 'other/3.png']) put(path);
  put('rec/00001_hr.hea', '00001_hr 1 500 1\n00001_hr.dat 16 200 16 0 0 0 0 I\n');
  put('rec/00002_hr.csv', 'I,II\n1,2\n');
  put('rec/00002_hr.hea', '00002_hr 1 500 1\n00002_hr.dat 16 200 16 0 0 0 0 I\n');
  put('list.csv', 'image,record\nimg/1.png,rec/00001_hr\n2,00002_hr\n2,00001_hr\n3.png,00001_hr\n9,../x\n');
  const { pairs, mismatches } = await planImport(root, { pairList: join(root, 'list.csv') });
  expect(pairs).toEqual([
    { scan: 'img/1.png', signal: { path: 'rec/00001_hr.hea', kind: 'wfdb' }, rule: 'list', part: null },
    { scan: 'img/2.png', signal: { path: 'rec/00002_hr.csv', kind: 'bare' }, rule: 'list', part: null },
  ]);
  const conflicts = mismatches.filter(({ kind }) => kind === 'conflict').map(({ reason }) => reason);
  expect(conflicts).toEqual([
    expect.stringMatching(/^Line 4 .* img\/2.png belongs to rec\/00002_hr.csv/),
    expect.stringMatching(/^Line 5 .* no scan, or several, are called "3.png"/),
    expect.stringMatching(/^Line 6 .* no scan/),
    expect.stringMatching(/^Line 6 .* no signals/),
  ]);
  put('bad.csv', 'a,b\n1,2\n');
  await expect(planImport(root, { pairList: join(root, 'bad.csv') })).rejects.toThrow(/column "scan"/);
});
