import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryMasked, arbitraryPage, drawnMask } from '../../../tests/fixtures/arbitrary-masks.ts';
import { uniteMasks, EMPTY_MASK, trimMask, type MaskWindow } from '../../core/mask/mask-window.ts';
import { fillPolygons } from './fill-polygon.ts';
import { fromLabelLayers, toLabelLayers } from './label-layers.ts';
import { LABEL_NAMES, labelOf, readStretchName, stretchName } from './mask-label.ts';
import { toSinglePolygon, traceOutlines } from './trace-outline.ts';

test('outlines enclose the very pixels they were traced around, as many polygons and as one', () => {
  fc.assert(
    fc.property(arbitraryMasked, ({ size, mask }) => {
      const outlines = traceOutlines(mask);
      expect(drawnMask(fillPolygons(outlines, size), size)).toBe(drawnMask(mask, size));
      const single = toSinglePolygon(mask);
      const filled = single.length > 0 ? fillPolygons([single], size) : EMPTY_MASK;
      expect(drawnMask(filled, size)).toBe(drawnMask(mask, size));
    }),
  );
});

test('a ring has an outer and an inner outline, with corners alone', () => {
  const data = Uint8Array.from([1, 1, 1, 1, 0, 1, 1, 1, 1]);
  const outlines = traceOutlines({ x0: 4, y0: 2, width: 3, height: 3, data });
  expect(outlines[0]).toEqual([
    [4, 2],
    [7, 2],
    [7, 5],
    [4, 5],
  ]);
  expect(outlines[1]).toHaveLength(4);
});

test('polygons that leave the picture are cut off at its edges', () => {
  const mask = fillPolygons(
    [
      [
        [-5, -5],
        [50, -5],
        [50, 2],
        [-5, 2],
      ],
    ],
    { width: 4, height: 3 },
  );
  expect(drawnMask(mask, { width: 4, height: 3 })).toBe('####\n####\n....');
  expect(
    fillPolygons(
      [
        [
          [9, 9],
          [12, 9],
          [12, 12],
        ],
      ],
      { width: 4, height: 3 },
    ),
  ).toEqual(EMPTY_MASK);
});

test('label layers hold every mask by label, crossings and all', () => {
  fc.assert(
    fc.property(arbitraryPage, (page) => {
      const { layers, sharedPixels } = toLabelLayers(page);
      const back = fromLabelLayers({ width: page.width, layers });
      const expected = new Map<number, MaskWindow>();
      for (const lead of page.leads) {
        const label = labelOf(lead);
        expected.set(label, uniteMasks(expected.get(label) ?? EMPTY_MASK, lead.mask));
      }
      for (const [label, mask] of expected) {
        expect(drawnMask(back.get(label) ?? EMPTY_MASK, page)).toBe(drawnMask(trimMask(mask), page));
      }
      const second = layers[1]?.reduce((n, label) => n + (label === 0 ? 0 : 1), 0) ?? 0;
      expect(sharedPixels).toBe(second);
      for (let at = 0; at < layers[0]!.length; at++) {
        const owners = layers.map((layer) => layer[at]!).filter((label) => label > 0);
        expect(new Set(owners).size).toBe(owners.length);
      }
    }),
  );
});

test('names of stretches are read whatever their spelling', () => {
  expect(LABEL_NAMES).toHaveLength(13);
  for (const [name, expected] of [
    ['avr', { lead: 'aVR', role: 'lead' }],
    ['Lead_V1', { lead: 'V1', role: 'lead' }],
    ['II-rhythm', { lead: 'II', role: 'rhythm' }],
    ['rhythm', { lead: null, role: 'rhythm' }],
    ['paper', null],
    ['V10', null],
  ] as const) {
    expect(readStretchName(name)).toEqual(expected);
  }
  expect(readStretchName(stretchName({ lead: 'V5', role: 'rhythm' }))).toEqual({
    lead: 'V5',
    role: 'rhythm',
  });
});
