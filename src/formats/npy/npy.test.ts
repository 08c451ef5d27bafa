import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectTypedErrors } from '../../../tests/fixtures/hostile-bytes.ts';
import { askPython, pythonWith } from '../../../tests/fixtures/independent-reader.ts';
import { plainSignal, someSignal } from '../../../tests/fixtures/some-signal.ts';
import { latin1 } from '../signal/byte-reader.ts';
import { readNpySignal, writeNpySignal } from './npy-signal.ts';
import { readNpz, writeNpz } from './npz.ts';
import { readNpy } from './read-npy.ts';
import { writeNpy } from './write-npy.ts';

const numpy = pythonWith('numpy');

describe('NPY', () => {
  it('writes the bytes of the documented format', () => {
    const bytes = writeNpy({ shape: [2, 1], fortran: false, data: Float32Array.of(1, NaN) });
    expect(bytes.length).toBe(128 + 8);
    expect(latin1(bytes.subarray(0, 128))).toBe(
      "\x93NUMPY\x01\0v\0{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1), }".padEnd(127, ' ') + '\n',
    );
  });

  it('brings samples back bit by bit', () => {
    fc.assert(
      fc.property(someSignal(), (signal) => {
        const bytes = writeNpySignal(signal);
        const names = signal.leads.map(({ name }) => name);
        const back = readNpySignal(bytes, { fs: signal.fs, leadNames: names });
        expect(back.fs).toBe(signal.fs);
        expect(back.leads).toEqual(signal.leads);
        expect(writeNpySignal(back)).toEqual(bytes);
      }),
      { numRuns: 60 },
    );
  });

  it('reads every type of number in both orders', () => {
    const header = (descr: string, order: string, shape: string) => {
      const text =
        `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }`.padEnd(117, ' ') + '\n';
      return [0x93, ...Buffer.from('NUMPY'), 1, 0, text.length, 0, ...Buffer.from(text)];
    };
    const read = (descr: string, body: number[], order = 'False', shape = '(2,)') =>
      readNpy(Uint8Array.from([...header(descr, order, shape), ...body]));
    expect([...read('>i2', [0xff, 0xfe, 1, 0]).data]).toEqual([-2, 256]);
    expect([...read('|i1', [0xff, 5]).data]).toEqual([-1, 5]);
    expect([...read('<u4', [0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0]).data]).toEqual([4294967295, 1]);
    expect([...read('<f2', [0x00, 0x3c, 0x01, 0x00]).data]).toEqual([1, 2 ** -24]);
    expect([...read('<U2', [0x49, 0, 0, 0, 0, 0, 0, 0, 0x49, 0, 0, 0, 0x49, 0, 0, 0]).data]).toEqual([
      'I',
      'II',
    ]);
    expect([...read('|S2', [0x49, 0, 0x56, 0x31]).data]).toEqual(['I', 'V1']);
    const fortran = readNpySignal(
      Uint8Array.from([...header('<i2', 'True', '(2, 3)'), 1, 0, 10, 0, 2, 0, 20, 0, 3, 0, 30, 0]),
    );
    expect(fortran.leads.map((lead) => [...lead.millivolts])).toEqual([
      [1, 2, 3].map((n) => Math.fround(n / 1000)),
      [10, 20, 30].map((n) => Math.fround(n / 1000)),
    ]);
    expect(fortran.remarks.join()).toMatch(/no rate.*microvolts/);
    expect(() => read('|O', [0, 0])).toThrow(/type \|O/);
    expect(() => read('<f8', [0, 0])).toThrow(/fewer than the 2/);
  });

  it('refuses what is damaged with a reason', async () => {
    await expectTypedErrors(writeNpySignal(plainSignal(30)), readNpySignal);
  });

  it.skipIf(!numpy)('is read by NumPy', () => {
    const signal = plainSignal();
    const seen = askPython(
      numpy!,
      'import numpy as np\na = np.load(path, allow_pickle=False)\n' +
        'print(json.dumps([str(a.dtype), a.shape, int(np.isnan(a).sum()), float(np.nansum(a.astype(float)))]))',
      writeNpySignal(signal),
      'a.npy',
    );
    expect(seen).toEqual(['float32', [12, 500], 120, expect.closeTo(sum(signal.leads), 6)]);
  });
});

describe('NPZ', () => {
  it('brings everything back, and the same bytes again', () => {
    fc.assert(
      fc.property(someSignal({ rates: [100, 360.5, 500] }), (signal) => {
        const bytes = writeNpz(signal);
        const back = readNpz(bytes);
        expect(back).toEqual(signal);
        expect(writeNpz(back)).toEqual(bytes);
      }),
      { numRuns: 60 },
    );
  });

  it('refuses what is damaged with a reason', async () => {
    await expectTypedErrors(writeNpz(plainSignal(30)), readNpz);
  });

  it.skipIf(!numpy)('is read by NumPy, and reads what NumPy compresses', () => {
    const signal = plainSignal();
    const script = `
import numpy as np, base64, io
z = np.load(path, allow_pickle=False)
out = io.BytesIO()
np.savez_compressed(out, **{k: z[k] for k in z.files})
print(json.dumps([sorted(z.files), z['leads'].tolist(), float(z['fs']), str(z['start_time']),
  float(np.nansum(z['ecg'].astype(float))), base64.b64encode(out.getvalue()).decode()]))`;
    const seen = askPython(numpy!, script, writeNpz(signal), 'a.npz') as unknown[];
    expect(seen.slice(0, 5)).toEqual([
      ['comments', 'ecg', 'fs', 'leads', 'patient', 'record', 'start_s', 'start_time'],
      signal.leads.map(({ name }) => name),
      500,
      '2024-02-29T13:14:15',
      expect.closeTo(sum(signal.leads), 6),
    ]);
    expect(readNpz(Buffer.from(seen[5] as string, 'base64'))).toEqual(signal);
  });
});

function sum(leads: readonly { readonly millivolts: Float32Array }[]): number {
  return leads.reduce(
    (total, { millivolts }) => total + millivolts.reduce((t, v) => t + (v === v ? v : 0), 0),
    0,
  );
}
