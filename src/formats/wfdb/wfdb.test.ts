import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEAD_NAMES, type LeadName } from '../../shared/lead-name.ts';
import { decodeFormat212 } from './decode-samples.ts';
import { readWfdb } from './read-wfdb.ts';
import { isWfdbRecordName, toWfdbRecordName } from './wfdb-record-name.ts';
import { writeWfdb } from './write-wfdb.ts';

const RECORDS = join(import.meta.dirname, '../../../../shared/data/records/ptb-xl');

describe('writeWfdb', () => {
  it('writes the golden bytes of a tiny record', () => {
    const leads = new Map<LeadName, Float32Array>([
      ['I', Float32Array.from([0.001, -0.002, 40])],
      ['V6', Float32Array.from([NaN, 0.5])],
    ]);
    const { header, data } = writeWfdb('a-1', { fs: 500, startSeconds: 0, leads }, ['by hand']);
    const lines = header.split('\n');
    expect(lines[0]).toBe('a-1 12 500 3');
    // 1 - 2 + 32767 = 32766
    expect(lines[1]).toBe('a-1.dat 16 1000(0)/mV 16 0 1 32766 0 I');
    // 3 x -32768 = -98304 = -65536 - 32768, 16 bits of which are -32768
    expect(lines[2]).toBe('a-1.dat 16 1000(0)/mV 16 0 -32768 -32768 0 II');
    // -32768 + 500 - 32768 = -65036 = -65536 + 500
    expect(lines[12]).toBe('a-1.dat 16 1000(0)/mV 16 0 -32768 500 0 V6');
    expect(lines.slice(13)).toEqual(['# by hand', '']);
    const none = Array(10).fill([0x00, 0x80]).flat();
    expect([...data]).toEqual([
      ...[0x01, 0x00, ...none, 0x00, 0x80],
      ...[0xfe, 0xff, ...none, 0xf4, 0x01],
      ...[0xff, 0x7f, ...none, 0x00, 0x80],
    ]);
  });

  it('refuses names that standard tools refuse', () => {
    for (const name of ['', 'a b', 'a.p2', 'é', 'x'.repeat(51)]) {
      expect(() => writeWfdb(name, { fs: 500, startSeconds: 0, leads: new Map() })).toThrow(/record name/);
    }
  });

  it('is read back to half a microvolt, gaps included', () => {
    const value = fc.option(fc.double({ min: -32, max: 32, noNaN: true }), { nil: NaN, freq: 3 });
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...LEAD_NAMES), fc.array(value, { minLength: 5, maxLength: 5 })),
        fc.constantFrom(100, 250, 360.5, 500),
        (columns, fs) => {
          const leads = new Map(
            Object.entries(columns).map(([name, v]) => [name as LeadName, Float32Array.from(v)]),
          );
          const { header, data } = writeWfdb('r', { fs, startSeconds: 0, leads });
          const record = readWfdb(header, () => data);
          expect(record.fs).toBe(fs);
          expect(record.signals.map((s) => s.description)).toEqual(LEAD_NAMES);
          record.signals.forEach(({ values, unit }, s) => {
            expect(unit).toBe('mV');
            const truth = leads.get(LEAD_NAMES[s]!);
            for (let i = 0; i < values.length; i++) {
              const expected = truth ? truth[i]! : NaN;
              if (Number.isNaN(expected)) expect(values[i]).toBeNaN();
              else expect(Math.abs(values[i]! - expected)).toBeLessThan(5.1e-4);
            }
          });
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('readWfdb', () => {
  it('unpacks format 212', () => {
    // 0x7ff, -2048 | 1, -1 | a last lone 5
    const bytes = Uint8Array.from([0xff, 0x87, 0x00, 0x01, 0xf0, 0xff, 0x05, 0x00]);
    expect([...decodeFormat212(bytes)]).toEqual([2047, -2048, 1, -1, 5]);
    const header = 'x 2 360 2\nx.dat 212 200(10)/mV 12 0 2047 0 0 MLII\nx.dat 212 200 12 10 -2048 0 0 V5\n';
    const record = readWfdb(
      header.replace('2047 0 0', '2047 2048 0').replace('-2048 0 0', '-2048 -2049 0'),
      () => bytes.subarray(0, 6),
    );
    expect([...record.signals[0]!.values]).toEqual([Math.fround(2037 / 200), Math.fround(-9 / 200)]);
    expect([...record.signals[1]!.values]).toEqual([NaN, Math.fround(-11 / 200)]);
  });

  it.each([
    ['', /no WFDB header/],
    ['x/3 12 500 5000\n', /announces 3 segments and describes 0/],
    ['x/1 1 500 5\n~ 5\n', /gaps only/],
    ['x/1 1 500 5\n../../etc/passwd 5\n', /names no segment/],
    ['x 2 500 1\nx.dat 16 200 16 0 0 0 0 I\n', /announces 2 .* describes 1/],
    ['x 1 500 1\nx.dat 516 200 16 0 0 0 0 I\n', /format 516/],
    ['x 1 500 1\nx.dat 16x4 200 16 0 0 0 0 I\n', /promises 4/],
    ['x 2 500 1\nx.dat 16\nx.dat 212\n', /two formats/],
    ['x 12 500 999999999\n' + 'x.dat 16\n'.repeat(12), /at most/],
    ['x 1 500 9\nx.dat 16 200 16 0 0 0 0 I\n', /holds 1 .* promises 9/],
    ['x 1 500 1\nx.dat 16 200 16 0 0 77 0 I\n', /checksum/],
  ])('refuses %j with the reason', (header, message) => {
    expect(() => readWfdb(header, () => new Uint8Array(2))).toThrow(message);
  });

  it.skipIf(!existsSync(RECORDS))('reads real records, whose checksums hold', () => {
    const names = readdirSync(RECORDS).filter((name) => name.endsWith('.hea'));
    for (const name of names.slice(0, 10)) {
      const record = readWfdb(readFileSync(join(RECORDS, name), 'latin1'), (file) =>
        readFileSync(join(RECORDS, file)),
      );
      expect(record.signals.map((s) => s.description)).toEqual(LEAD_NAMES);
      const [one, two, three] = record.signals.map((s) => s.values);
      let worst = 0;
      for (let i = 0; i < one!.length; i++)
        worst = Math.max(worst, Math.abs(one![i]! + three![i]! - two![i]!));
      expect(worst).toBeLessThan(0.05);
    }
  });
});

describe('toWfdbRecordName', () => {
  it('follows the documented rule', () => {
    expect(toWfdbRecordName('05343_hr')).toBe('05343_hr');
    expect(toWfdbRecordName('scan.p2')).toBe('scan_p2');
    expect(toWfdbRecordName('Müller 3')).toBe('Muller_3');
    expect(toWfdbRecordName('心电图')).toMatch(/^ecg_[0-9a-f]{8}$/);
    expect(toWfdbRecordName('ecg (1)')).toMatch(/^ecg__1_[0-9a-f]{8}$/);
  });

  it('is always legal, and tells apart what it had to shorten', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 80 }), (stem) => {
        expect(isWfdbRecordName(toWfdbRecordName(stem))).toBe(true);
      }),
    );
    const long = 'x'.repeat(60);
    expect(toWfdbRecordName(`${long}a`)).not.toBe(toWfdbRecordName(`${long}b`));
    expect(toWfdbRecordName('心')).not.toBe(toWfdbRecordName('电'));
  });
});
