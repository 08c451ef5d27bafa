import { beforeAll, expect, test } from 'vitest';
import { drawnPage } from '../../../tests/fixtures/drawn-page.ts';
import type { Digitization } from '../digitization.ts';
import { digitizePage } from '../digitize-page.ts';
import type { TextBox } from '../lead/layout.ts';
import { canonicalToImage } from '../page/warp-map.ts';
import { encodeJson, TEXT_KEY } from './edit-documents.ts';
import { foundTextBoxes, textBoxesOf } from './text-boxes.ts';

let base: Digitization;
beforeAll(async () => {
  base = await digitizePage(drawnPage().raster);
});

/** The page as if only these pieces of print had been found on it. */
const withText = (...text: Omit<TextBox, 'confidence'>[]): Digitization => ({
  ...base,
  layout: { ...base.layout!, text: text.map((box) => ({ ...box, confidence: 1 })) },
});

test('a box covers its print in the pixels of the scan, with a little room', () => {
  const found = foundTextBoxes(base);
  const labels = base.layout!.text.filter(({ kind }) => kind === 'lead-label');
  expect(labels.length).toBeGreaterThan(5);
  const { warp, pxPerMmX } = base.rectification!;
  for (const { box, text } of labels) {
    const [u, v] = canonicalToImage(warp, (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2);
    const around = found.find(({ x0, x1, y0, y1 }) => u > x0 && u < x1 && v > y0 && v < y1);
    expect(around).toMatchObject({ kind: 'lead-label', text });
    expect(around!.x1 - around!.x0).toBeLessThan((box.x1 - box.x0) * 1.2 + 4 * pxPerMmX);
  }
  expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
});

test('words of a line are one box; above the leads they count as identity, elsewhere as other text', () => {
  const top = Math.min(...base.layout!.cells.map(({ y0 }) => y0));
  const label = { x0: 60, y0: top + 100, x1: 80, y1: top + 120 };
  const found = foundTextBoxes(
    withText(
      { box: label, text: 'I', kind: 'lead-label' },
      { box: { x0: 50, y0: top + 10, x1: 90, y1: top + 24 }, text: '', kind: 'other' },
      { box: { x0: 98, y0: top + 10, x1: 140, y1: top + 24 }, text: '', kind: 'other' },
      { box: { x0: 50, y0: top + 300, x1: 140, y1: top + 314 }, text: '', kind: 'other' },
      { box: { ...label, x1: 79 }, text: '', kind: 'other' },
      { box: { x0: 200, y0: top + 300, x1: 260, y1: top + 314 }, text: '25 mm/s', kind: 'speed' },
    ),
  );
  expect(found.map(({ kind, text }) => [kind, text])).toEqual([
    ['lead-label', 'I'],
    ['scale', '25 mm/s'],
    ['identity', ''],
    ['other', ''],
  ]);
});

test('short words are found where longer ones stand on their line, and alone where no peak reaches', async () => {
  const { raster } = drawnPage({ header: { left: ['MR', 'A MEIER 4711'] }, footer: '', dpi: 150 });
  const page = await digitizePage(raster);
  const lines = foundTextBoxes(page)
    .filter(({ kind }) => kind === 'identity')
    .sort((a, b) => a.y0 - b.y0);
  expect(lines).toHaveLength(2);
  const [short, long] = lines;
  // Both lines begin at the same place: the lone letter belongs to the second.
  expect(Math.abs(long!.x0 - short!.x0)).toBeLessThan(page.rectification!.pxPerMmX);
  expect(long!.x1).toBeGreaterThan(short!.x1);
}, 30_000);

test('what a person left takes the place of what was found; a page without leads has no boxes', () => {
  const said = {
    reviewed: true,
    boxes: [{ id: 'b0', kind: 'identity' as const, text: '', x0: 1, y0: 2, x1: 30, y1: 40 }],
  };
  expect(textBoxesOf(base, new Map([[TEXT_KEY, encodeJson(said)]]))).toEqual(said);
  expect(textBoxesOf(base, new Map()).reviewed).toBe(false);
  expect(textBoxesOf({ ...base, layout: null }, new Map()).boxes).toEqual([]);
});
