import { expect, test } from 'vitest';
import { layOutParameters } from '../net/parameter-layout.ts';
import { learnMask } from './learn-mask.ts';

const layout = layOutParameters({ widths: [4, 8], classes: 4 });

test('all of a network learns, or its gains, biases and last layer', () => {
  expect(learnMask(layout, 'all').every((one) => one === 1)).toBe(true);
  const scales = learnMask(layout, 'scales');
  for (const { layer, kernelAt, gainAt, biasAt, end } of layout.places) {
    const isHead = layer.name === 'head';
    expect(scales[kernelAt], layer.name).toBe(isHead ? 1 : 0);
    if (gainAt !== null) expect([scales[gainAt - 1], scales[gainAt]], layer.name).toEqual([0, 1]);
    expect([scales[biasAt], scales[end - 1]], layer.name).toEqual([1, 1]);
  }
  const share = scales.reduce((sum, one) => sum + one, 0) / layout.length;
  expect(share).toBeGreaterThan(0);
  expect(share).toBeLessThan(0.2);
});
