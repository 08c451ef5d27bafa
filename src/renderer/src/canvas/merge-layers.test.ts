import { expect, test } from 'vitest';
import { DEFAULT_LAYERS } from './layer-name.ts';
import { mergeLayers } from './merge-layers.ts';

test('what was remembered of the layers holds, damage does not', () => {
  const layers = mergeLayers({
    traces: { visible: false, opacity: 7, locked: true },
    scan: { opacity: 0.3, locked: true },
    masks: null,
    boxes: 'yes',
    unknown: { visible: true },
  });
  expect(layers.traces).toEqual({ visible: false, opacity: 1, locked: true });
  // The scan cannot be changed by any tool, so it cannot be locked either.
  expect(layers.scan).toEqual({ visible: true, opacity: 0.3, locked: false });
  expect(layers.masks).toEqual(DEFAULT_LAYERS.masks);
  expect(layers.boxes).toEqual(DEFAULT_LAYERS.boxes);
  expect(Object.keys(layers)).toEqual(Object.keys(DEFAULT_LAYERS));
  expect(mergeLayers(undefined)).toEqual(DEFAULT_LAYERS);
});
