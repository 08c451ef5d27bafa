import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectTypedErrors } from '../../../tests/fixtures/hostile-bytes.ts';
import { biosigChannels, hasBiosig } from '../../../tests/fixtures/biosig.ts';
import { plainSignal, someSignal } from '../../../tests/fixtures/some-signal.ts';
import { latin1 } from '../signal/byte-reader.ts';
import { ecgSignal } from '../signal/ecg-signal.ts';
import { readEdfAnnotations } from './edf-annotations.ts';
import { isEdf } from './edf-header.ts';
import { recordLength } from './edf-record-length.ts';
import { readEdf } from './read-edf.ts';
import { writeEdf } from './write-edf.ts';

describe('EDF', () => {
  it('writes the header of the specification', () => {
    const bytes = writeEdf(plainSignal(750));
    const header = latin1(bytes.subarray(0, 256));
    expect(isEdf(bytes)).toBe(true);
    expect(header.slice(8, 88).trim()).toBe('P-7 X X X');
    expect(header.slice(88, 168).trim()).toBe('Startdate 29-FEB-2024 rec-1 X Tracewright');
    expect(header.slice(168, 184)).toBe('29.02.2413.14.15');
    expect(header.slice(192, 197)).toBe('EDF+C');
    expect(header.slice(236)).toBe('2       1       13  ');
    expect(bytes.length % 2).toBe(0);
  });

  it('brings back what was written to half a microvolt, and the same bytes again', () => {
    fc.assert(
      fc.property(someSignal({ rates: [10, 100, 360.5, 500, 333.123] }), (signal) => {
        const bytes = writeEdf(signal);
        const back = readEdf(bytes);
        expect(back.fs).toBeCloseTo(signal.fs, 6);
        expect({ ...back, fs: 0, leads: [] }).toEqual({ ...signal, fs: 0, leads: [] });
        expect(back.leads.map(({ name }) => name)).toEqual(signal.leads.map(({ name }) => name));
        signal.leads.forEach(({ millivolts }, l) => {
          expect(back.leads[l]!.millivolts.length).toBe(millivolts.length);
          millivolts.forEach((value, i) => {
            const read = back.leads[l]!.millivolts[i]!;
            if (Number.isNaN(value)) expect(read).toBeNaN();
            else expect(Math.abs(read - value)).toBeLessThan(5.1e-4);
          });
        });
        expect(writeEdf(back)).toEqual(bytes);
      }),
      { numRuns: 100 },
    );
  });

  it('leaves out data records in which nothing is seen', () => {
    const millivolts = new Float32Array(5000).fill(NaN);
    millivolts.fill(1, 100, 200).fill(2, 4000, 4100);
    const signal = ecgSignal({ fs: 500, leads: [{ name: 'II', millivolts }], startSeconds: 2 });
    const bytes = writeEdf(signal);
    expect(latin1(bytes.subarray(192, 197))).toBe('EDF+D');
    expect(bytes.length).toBeLessThan(4000);
    expect(readEdf(bytes)).toEqual(signal);
  });

  it('reads plain EDF with other channels, and files that were cut', () => {
    const bytes = writeEdf(plainSignal(1000));
    bytes.set(Buffer.from('     '), 192);
    const label = (index: number, text: string) => bytes.set(Buffer.from(text.padEnd(16)), 256 + 16 * index);
    const unit = (index: number, text: string) =>
      bytes.set(Buffer.from(text.padEnd(8)), 256 + 13 * 96 + 8 * index);
    label(1, 'Resp');
    unit(1, 'bpm');
    unit(2, 'uV');
    const plain = readEdf(bytes.subarray(0, bytes.length - 10));
    expect(plain.leads).toHaveLength(11);
    expect(plain.leads[0]!.millivolts.length).toBe(500);
    expect(plain.leads[0]!.millivolts[3]).toBeCloseTo(-32.768, 3);
    expect(plain.leads[1]!.millivolts[3]).toBeCloseTo(plainSignal().leads[2]!.millivolts[3]! / 1000, 6);
    expect(plain.startTime).toBe('2024-02-29T13:14:15');
    expect(plain.remarks.join('\n')).toMatch(/1 of 2 data records[^]*Resp is left out/);
  });

  it('reads annotations with durations, several texts and nonsense between', () => {
    const list = new TextEncoder().encode(
      '+1.5\x14\x14\0+2\x150.5\x14Pause\x14Gap\x14\0rubbish\0\0-3\x14é\x14\0',
    );
    expect(readEdfAnnotations(list)).toEqual({
      startSeconds: 1.5,
      annotations: [
        { onsetSeconds: 2, durationSeconds: 0.5, text: 'Pause' },
        { onsetSeconds: 2, durationSeconds: 0.5, text: 'Gap' },
        { onsetSeconds: -3, durationSeconds: 0, text: 'é' },
      ],
    });
  });

  it('chooses records of whole samples', () => {
    expect(recordLength(500)).toEqual({ text: '1', samples: 500 });
    expect(recordLength(360.5)).toEqual({ text: '2', samples: 721 });
    expect(recordLength(5000)).toEqual({ text: '0.25', samples: 1250 });
    expect(recordLength(128.123456)).toEqual({ text: '0.999036', samples: 128 });
  });

  it('refuses what is damaged with a reason', async () => {
    await expectTypedErrors(writeEdf(plainSignal(30)), readEdf, { numRuns: 500 });
  });

  it.skipIf(!hasBiosig)('is read by BioSig', () => {
    const signal = plainSignal(1000);
    const channels = biosigChannels(writeEdf(signal), 'a.edf');
    signal.leads.forEach(({ millivolts }, l) => {
      expect(channels[l]).toHaveLength(1000);
      const seen = [...millivolts.keys()].filter((i) => !Number.isNaN(millivolts[i]));
      expect(seen.length).toBe(990);
      for (const i of seen) expect(Math.abs(channels[l]![i]! - millivolts[i]!)).toBeLessThan(6e-4);
    });
  });
});
