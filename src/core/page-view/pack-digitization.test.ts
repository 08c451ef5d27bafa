import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Digitization } from '../digitization.ts';
import { packDigitization, unpackDigitization } from './pack-digitization.ts';

const leaf = fc.oneof(
  fc.float32Array({ maxLength: 9 }),
  fc.uint8Array({ maxLength: 9 }),
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const tree = fc.letrec((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('node'), { maxLength: 4 }),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), tie('node'), { maxKeys: 5 }),
  ),
})).node;

test('whatever a digitization holds comes back the same, NaN and typed arrays included', () => {
  fc.assert(
    fc.property(tree, (value) => {
      const page = { status: 'ok', value } as unknown as Digitization;
      expect(unpackDigitization(packDigitization(page))).toEqual(page);
    }),
  );
});

test('arrays that could not be restored are refused, and so are damaged bytes', () => {
  const page = { status: 'ok', data: new Float64Array(2) } as unknown as Digitization;
  expect(() => packDigitization(page)).toThrow(TypeError);
  const bytes = packDigitization({ data: new Float32Array(100) } as unknown as Digitization);
  expect(() => unpackDigitization(bytes.subarray(0, 200))).toThrow();
});
