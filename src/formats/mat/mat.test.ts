import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectTypedErrors } from '../../../tests/fixtures/hostile-bytes.ts';
import { askPython, pythonWith } from '../../../tests/fixtures/independent-reader.ts';
import { plainSignal, someSignal } from '../../../tests/fixtures/some-signal.ts';
import { LEAD_NAMES } from '../../shared/lead-name.ts';
import { readMatSignal, writeMatSignal } from './mat-signal.ts';
import { isMat } from './read-mat.ts';

const scipy = pythonWith('scipy.io');

/** What SciPy saves of a dictionary made by `expression`. */
function saved(expression: string, options: string): Uint8Array {
  const script = `
import numpy as np, scipy.io, base64, io
out = io.BytesIO()
scipy.io.savemat(out, ${expression}, ${options})
print(json.dumps(base64.b64encode(out.getvalue()).decode()))`;
  return Buffer.from(askPython(scipy!, script, new Uint8Array(0), 'none') as string, 'base64');
}

describe('MAT', () => {
  it('brings everything back, and the same bytes again', () => {
    fc.assert(
      fc.property(someSignal({ rates: [100, 360.5, 500] }), (signal) => {
        const bytes = writeMatSignal(signal);
        expect(isMat(bytes)).toBe(true);
        const back = readMatSignal(bytes);
        expect(back).toEqual(signal);
        expect(writeMatSignal(back)).toEqual(bytes);
      }),
      { numRuns: 60 },
    );
  });

  it('reads the matrix of a WFDB challenge record, version 4', () => {
    const bytes = new Uint8Array(24 + 2 * 24);
    const view = new DataView(bytes.buffer);
    [30, 12, 2, 0, 4].forEach((value, i) => view.setUint32(4 * i, value, true));
    bytes.set(Buffer.from('val'), 20);
    for (let i = 0; i < 24; i++) view.setInt16(24 + 2 * i, i - 5, true);
    expect(isMat(bytes)).toBe(true);
    const signal = readMatSignal(bytes, { fs: 300, leadNames: LEAD_NAMES });
    expect(signal.leads.map(({ name }) => name)).toEqual(LEAD_NAMES);
    expect([...signal.leads[1]!.millivolts]).toEqual([Math.fround(-0.004), Math.fround(0.008)]);
    expect(signal.remarks.join()).toMatch(/microvolts/);
  });

  it('refuses HDF5 and nonsense with a reason', () => {
    const hdf = new TextEncoder().encode('MATLAB 7.3 MAT-file, Platform: GLNXA64'.padEnd(200));
    expect(() => readMatSignal(hdf)).toThrow(/-v7/);
    expect(() => readMatSignal(new Uint8Array(200))).toThrow(/no MAT file/);
  });

  it('refuses what is damaged with a reason', async () => {
    await expectTypedErrors(writeMatSignal(plainSignal(30)), readMatSignal);
  });

  it.skipIf(!scipy)('is read by SciPy', () => {
    const signal = plainSignal();
    const script = `
import numpy as np, scipy.io
m = scipy.io.loadmat(path)
print(json.dumps([str(m['ecg'].dtype), m['ecg'].shape, [str(l[0][0]) for l in m['leads']], float(m['fs'][0, 0]),
  str(m['start_time'][0]), int(np.isnan(m['ecg']).sum()), float(m['ecg'][3, 400])]))`;
    expect(askPython(scipy!, script, writeMatSignal(signal), 'a.mat')).toEqual([
      'float32',
      [12, 500],
      [...LEAD_NAMES],
      500,
      '2024-02-29T13:14:15',
      120,
      signal.leads[3]!.millivolts[400],
    ]);
  });

  it.skipIf(!scipy)('reads what SciPy saves: integers, structs, compressed, version 4', () => {
    const val = "{'val': np.arange(24000, dtype=np.int16).reshape(12, 2000)}";
    for (const options of ['do_compression=True', 'do_compression=False', "format='4'"]) {
      const signal = readMatSignal(saved(val, options), { fs: 250, millivoltsPerUnit: 0.01 });
      expect(signal.leads).toHaveLength(12);
      expect(signal.leads[2]!.millivolts[7]).toBe(Math.fround(40.07));
    }
    const struct =
      "{'ECG': {'sex': 'Male', 'age': np.float64(60), 'fs': np.uint16(400), 'data': np.arange(36.).reshape(3, 12).T}}";
    const cpsc = readMatSignal(saved(struct, 'do_compression=True'));
    expect(cpsc.fs).toBe(400);
    expect(cpsc.remarks).toEqual([]);
    expect(cpsc.leads.map(({ name }) => name)).toEqual([...LEAD_NAMES]);
    expect([...cpsc.leads[11]!.millivolts]).toEqual([11, 23, 35]);
  });

  it.skipIf(!scipy)('reads lists of texts as SciPy saves them', () => {
    const signal = readMatSignal(
      saved("{'ecg': np.zeros((2, 5)), 'leads': ['aVF', 'V1'], 'fs': 100.0}", 'do_compression=True'),
    );
    expect(signal.leads.map(({ name }) => name)).toEqual(['aVF', 'V1']);
    expect(signal.fs).toBe(100);
  });

  it.skipIf(!scipy)('refuses a damaged compressed file', async () => {
    const good = saved(
      "{'ecg': np.sin(np.arange(1200.)).reshape(12, 100), 'fs': np.float64(500)}",
      'do_compression=True',
    );
    await expectTypedErrors(good, readMatSignal);
  });
});
