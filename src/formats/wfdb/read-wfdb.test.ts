import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectTypedErrors } from '../../../tests/fixtures/hostile-bytes.ts';
import { plainSignal, someSignal } from '../../../tests/fixtures/some-signal.ts';
import { SAMPLE_FORMATS } from './decode-samples.ts';
import { readWfdb } from './read-wfdb.ts';
import { readWfdbSignal } from './wfdb-signal.ts';
import { writeWfdbSignal } from './write-wfdb.ts';

const decode = (format: number, bytes: readonly number[]) => [
  ...SAMPLE_FORMATS[format]!.decode(Uint8Array.from(bytes)),
];

describe('sample formats', () => {
  it('are decoded as signal(5) describes them', () => {
    expect(decode(8, [1, 0xff, 0x80])).toEqual([1, -1, -128]);
    expect(decode(16, [0x34, 0x12, 0xff, 0xff, 9])).toEqual([0x1234, -1]);
    expect(decode(61, [0x12, 0x34, 0xff, 0xfe])).toEqual([0x1234, -2]);
    expect(decode(80, [0, 128, 255])).toEqual([-128, 0, 127]);
    expect(decode(160, [0x00, 0x80, 0x01, 0x80, 0, 0])).toEqual([0, 1, -32768]);
    expect(decode(24, [1, 2, 3, 0, 0, 0x80])).toEqual([0x030201, -8388608]);
    expect(decode(32, [1, 2, 3, 4, 0, 0, 0, 0x80])).toEqual([0x04030201, -2147483648]);
  });

  it('of ten bits come three in four bytes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -512, max: 511 }), { minLength: 3, maxLength: 3 }),
        ([a, b, c]) => {
          const bits = (value: number) => value & 0x3ff;
          const word311 = bits(a!) + bits(b!) * 2 ** 10 + bits(c!) * 2 ** 20;
          const pair = (low: number, five: number) => (low << 1) | (five << 11);
          const word310 = pair(bits(a!), bits(c!) & 31) + pair(bits(b!), bits(c!) >> 5) * 2 ** 16;
          const bytes = (word: number) => [0, 8, 16, 24].map((shift) => (word / 2 ** shift) & 255);
          expect(decode(311, bytes(word311))).toEqual([a, b, c]);
          expect(decode(310, bytes(word310))).toEqual([a, b, c]);
        },
      ),
    );
    expect(decode(310, [0x02, 0])).toEqual([1]);
    expect(decode(311, [0x01, 0x08, 0])).toEqual([1, 2]);
  });
});

describe('readWfdb', () => {
  it('sums the differences of format 8 from the initial value', () => {
    const record = readWfdb('x 2 100 3\nx.dat 8 10 8 0 5 23 0 I\nx.dat 8 10 8 0 -1 -3 0 II\n', () =>
      Uint8Array.from([1, 0, 2, 0, 1, 0]),
    );
    // 6, 8, 9 and -1, -1, -1
    expect(record.signals.map(({ values }) => [...values])).toEqual([
      [0.6, 0.8, 0.9].map(Math.fround),
      [-0.1, -0.1, -0.1].map(Math.fround),
    ]);
  });

  it('takes frames apart, honours skew, prolog, units and two files', () => {
    const files: Record<string, number[]> = {
      'a.dat': [99, 99, 1, 0, 10, 0, 11, 0, 2, 0, 20, 0, 21, 0, 3, 0, 30, 0, 31, 0],
      'b.dat': [0, 7, 0, 8, 0, 9],
    };
    const header =
      'x 3 100/1(2.5) 3 13:14:15.25 29/02/2024\na.dat 16:1+2 1 16 0 1 6 0 I\n' +
      'a.dat 16x2+2 1(10)/uV 16 0 10 123 0 II\nb.dat 61 1 16 4 7 24 0 Resp\n';
    const record = readWfdb(header.replace('0 Resp', '0 V1'), (name) => Uint8Array.from(files[name]!));
    expect(record.startSeconds).toBe(2.5);
    expect(record.startTime).toBe('2024-02-29T13:14:15.250');
    expect(record.signals.map(({ values }) => [...values])).toEqual([
      [2, 3, NaN],
      [0, 1, 10, 11, 20, 21],
      [3, 4, 5],
    ]);
    const signal = readWfdbSignal(header.replace('1 16 4 7', '1/bpm 16 4 7'), (name) =>
      Uint8Array.from(files[name]!),
    );
    // Of two rates the higher: lead II has two samples in each frame.
    expect(signal.fs).toBe(200);
    expect(signal.leads).toEqual([
      { name: 'II', millivolts: Float32Array.from([0, 1, 10, 11, 20, 21].map((n) => n * 0.001)) },
    ]);
    expect(signal.remarks.join('\n')).toMatch(/Resp is left out.*bpm[^]*I is left out.*100 samples/);
  });

  it('joins segments of fixed and of variable layout, gaps unseen', () => {
    const files: Record<string, string | number[]> = {
      's1.hea': 's1 2 10 2\ns1.dat 16 1 16 0 1 3 0 I\ns1.dat 16 1 16 0 5 11 0 II\n',
      's1.dat': [1, 0, 5, 0, 2, 0, 6, 0],
      's2.hea': 's2 1 10 1\ns2.dat 16 1 16 0 9 9 0 II\n',
      's2.dat': [9, 0],
      'lay.hea': 'lay 2 10 0\n~ 0 1 16 0 0 0 0 II\n~ 0 1 16 0 0 0 0 I\n',
    };
    const readFile = (name: string) =>
      typeof files[name] === 'string' ? Buffer.from(files[name]) : Uint8Array.from(files[name]!);
    const fixed = readWfdb('m/3 2 10 5\ns1 2\n~ 1\ns1 2\n', readFile);
    expect(fixed.signals.map(({ values }) => [...values])).toEqual([
      [1, 2, NaN, 1, 2],
      [5, 6, NaN, 5, 6],
    ]);
    const variable = readWfdb('m/4 2 10 4\nlay 0\ns1 2\n~ 1\ns2 1\n', readFile);
    expect(variable.signals.map(({ description, values }) => [description, ...values])).toEqual([
      ['II', 5, 6, NaN, 9],
      ['I', 1, 2, NaN, NaN],
    ]);
    const nested: Record<string, string | number[]> = { ...files, 's1.hea': 's1/1 2 10 2\ns1 2\n' };
    expect(() => readWfdb('m/1 2 10 2\ns1 2\n', (name) => Buffer.from(nested[name] as string))).toThrow(
      /itself/,
    );
  });

  it('brings back what was written to half a microvolt, and the same bytes again', () => {
    fc.assert(
      fc.property(someSignal({ rates: [100, 250, 360.5, 500] }), (signal) => {
        const files = writeWfdbSignal(signal.recordId ?? 'r', signal);
        const back = readWfdbSignal(files.header, () => files.data);
        expect({ ...back, leads: [] }).toEqual({ ...signal, recordId: signal.recordId ?? 'r', leads: [] });
        signal.leads.forEach(({ name, millivolts }, l) => {
          expect(back.leads[l]!.name).toBe(name);
          millivolts.forEach((value, i) => {
            const read = back.leads[l]!.millivolts[i]!;
            if (Number.isNaN(value)) expect(read).toBeNaN();
            else expect(Math.abs(read - value)).toBeLessThan(5.1e-4);
          });
        });
        expect(writeWfdbSignal(back.recordId!, back)).toEqual(files);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps a clock that does not start at 0', () => {
    const { header, data } = writeWfdbSignal('r', plainSignal(10, { startSeconds: -0.25 }));
    expect(header).toMatch(/^r 12 500\/1\(-0.25\) 10 13:14:15 29\/02\/2024\n/);
    expect(readWfdbSignal(header, () => data).startSeconds).toBe(-0.25);
  });

  it('refuses what is damaged with a reason', async () => {
    const { header, data } = writeWfdbSignal('r', plainSignal(20));
    await expectTypedErrors(Buffer.from(header), (bytes) =>
      readWfdbSignal(Buffer.from(bytes).toString('latin1'), () => data),
    );
    await expectTypedErrors(data, (bytes) => readWfdbSignal(header, () => bytes));
  });
});
