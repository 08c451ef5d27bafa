import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectTypedErrors } from '../../../tests/fixtures/hostile-bytes.ts';
import { plainSignal, someSignal } from '../../../tests/fixtures/some-signal.ts';
import type { EcgSignal } from '../signal/ecg-signal.ts';
import { readSignalText } from './read-signal-text.ts';
import { writeLongCsv } from './write-long-csv.ts';
import { writeWideText } from './write-wide-text.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string, hints = {}) => readSignalText(bytes(text), hints);
const shown = ({ leads }: EcgSignal) =>
  Object.fromEntries(leads.map(({ name, millivolts }) => [name, [...millivolts]]));

describe.each([
  ['wide CSV', (signal: EcgSignal) => writeWideText(signal, ',')],
  ['TSV', (signal: EcgSignal) => writeWideText(signal, '\t')],
  ['long CSV', writeLongCsv],
])('%s', (_, write) => {
  it('brings back what was written to half a unit of the fourth decimal, and the same text again', () => {
    fc.assert(
      fc.property(someSignal(), (signal) => {
        const text = write(signal);
        const back = read(text);
        expect(back.remarks.filter((remark) => !remark.includes('no rate'))).toEqual([]);
        if (back.remarks.length === 0) expect(back.fs).toBe(signal.fs);
        for (const { name, millivolts } of signal.leads) {
          const lead = back.leads.find((other) => other.name === name)!;
          millivolts.forEach((value, i) => {
            const other = lead.millivolts[i] ?? NaN;
            if (Number.isNaN(value)) expect(other).toBeNaN();
            else expect(Math.abs(other - value)).toBeLessThan(6e-5);
          });
        }
        if (back.fs === signal.fs) expect(write(back)).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  it('refuses what is damaged with a reason', async () => {
    await expectTypedErrors(bytes(write(plainSignal(12))), (damaged) => readSignalText(damaged), {
      numRuns: 500,
    });
  });
});

describe('long CSV', () => {
  it('has a row for each sample that is seen', () => {
    const signal = { ...plainSignal(2), leads: [{ name: 'V2', millivolts: Float32Array.of(NaN, -1.23456) }] };
    expect(writeLongCsv(signal)).toBe('lead,sample,time_s,millivolts\nV2,1,0.0020,-1.2346\n');
  });
});

describe('readSignalText', () => {
  it('takes columns in any order, with units, and leaves out what is no lead', () => {
    const signal = read('ECG v1 [uV];Time (ms);II_mV;note\r\n1500;0;0,5;1\r\n-250,5;4;;2\r\n');
    expect(signal.fs).toBe(250);
    expect(shown(signal)).toEqual({ V1: [1.5, Math.fround(-0.2505)], II: [0.5, NaN] });
    expect(signal.remarks.join()).toMatch(/"note" is left out/);
  });

  it('leaves missing rows unseen, and takes rounded time stamps', () => {
    expect(shown(read('time,I\n0,1\n0.01,2\n0.04,5\n0.05,6\n0.06,7\n'))).toEqual({
      I: [1, 2, NaN, NaN, 5, 6, 7],
    });
    const rounded = read(
      'time_s,I\n' + Array.from({ length: 360 }, (_, i) => `${(i / 360).toFixed(3)},${i % 7}`).join('\n'),
    );
    expect(rounded.fs).toBe(360);
    expect(rounded.leads[0]!.millivolts.length).toBe(360);
  });

  it('reads quoted cells, comments and UTF-16', () => {
    const text = '# sampling rate = 250 Hz\n"","I","II"\n"0","1","2"\n"1","3","4"\n';
    const utf16 = new Uint8Array([0xff, 0xfe, ...[...text].flatMap((c) => [c.charCodeAt(0), 0])]);
    for (const signal of [read(text), readSignalText(utf16)]) {
      expect(signal.fs).toBe(250);
      expect(shown(signal)).toEqual({ I: [1, 3], II: [2, 4] });
      expect(signal.remarks).toEqual([]);
    }
  });

  it('reads what rdsamp writes: single quotes, a row of units, times of the clock', () => {
    const text =
      "'Elapsed time','MLII','V5'\n'hh:mm:ss.mmm','mV','uV'\n0:59.996,-0.145,65\n1:00.000,-0.15,\n";
    const signal = read(text);
    expect(signal).toMatchObject({ fs: 250, startSeconds: 59.996, remarks: [] });
    expect(shown(signal)).toEqual({ MLII: [-0.145, -0.15].map(Math.fround), V5: [Math.fround(0.065), NaN] });
  });

  it('reads numbers without a header: time first, twelve leads, large ones in microvolts', () => {
    const rows = Array.from({ length: 20 }, (_, i) => [
      i / 100,
      ...Array.from({ length: 12 }, (_, l) => 100 * l + i),
    ]);
    const signal = read(rows.map((row) => row.join(' ')).join('\n'));
    expect(signal.fs).toBe(100);
    expect(signal.leads.map(({ name }) => name).slice(0, 4)).toEqual(['I', 'II', 'III', 'aVR']);
    expect(signal.leads[3]!.millivolts[7]).toBe(Math.fround(0.307));
    expect(signal.remarks).toHaveLength(2);
    const across = rows[0]!.slice(1).map((_, l) => rows.map((row) => row[l + 1]).join(','));
    const flat = read(across.join('\n'), { fs: 250, millivoltsPerUnit: 1 });
    expect(flat.leads[3]!.millivolts[7]).toBe(307);
    expect(flat.fs).toBe(250);
  });

  it('reads the long form by time as well, in any order', () => {
    const signal = read('lead,time_s,value\nII,0.02,3\nII,0,1\nI,0.01,5\n');
    expect(signal.fs).toBe(100);
    expect(shown(signal)).toEqual({ II: [1, NaN, 3], I: [NaN, 5, NaN] });
  });

  it.each([
    ['', /no row of numbers/],
    ['time_s,I\n', /no row of numbers/],
    ['time_s,I\n0,1,2\n', /Line 2 .* 3 values .* 2/],
    ['time_s,I\n0,1\n0.002,abc\n', /Line 3 .*"abc"/],
    ['time_s,I\n0,1\n0,1\n', /does not grow/],
    ['time_s,I\n0,1\n0.001,1\n0.002,1\n0.003,1\n1e9,1\n', /gaps/],
    ['id,lead,sample,value\na,I,0,1\nb,I,0,1\n', /several recordings/],
    ['lead,sample,value\nI,-1,1\n', /Line 2 .*"-1"/],
    ['lead,sample,value\nI,60000000,1\nII,0,1\n', /too many/],
  ])('refuses %j with the reason', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
