import { expect, test } from 'vitest';
import { drawnPage } from '../../../tests/fixtures/drawn-page.ts';
import { digitizePage } from '../../core/digitize-page.ts';
import { imageOutline } from '../../core/page-view/image-outline.ts';
import type { PaperEcgAnnotation } from '../../formats/paper-ecg/read-paper-ecg.ts';
import { leadNamesFromBoxes } from './lead-names-from-boxes.ts';

test('boxes name the leads they hold where something else was read', async () => {
  const page = await digitizePage(drawnPage({ dpi: 80 }).raster);
  const { layout, rectification } = page;
  const annotation = (turn = 0): PaperEcgAnnotation => ({
    image: 'a.png',
    rotationDegrees: turn,
    speedMmPerSecond: 25,
    gainMmPerMillivolt: 10,
    leads: layout!.cells.map((cell) => {
      const outline = imageOutline(rectification!.warp, cell);
      const xs = outline.map(([x]) => x);
      const ys = outline.map(([, y]) => y);
      const [x, y] = [Math.min(...xs), Math.min(...ys)];
      const box = { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
      return { lead: cell.lead, ...box, startSeconds: cell.startSeconds };
    }),
  });
  expect(leadNamesFromBoxes(page, annotation())).toEqual({ names: {}, unmatched: [] });
  const wrong = layout!.cells[4]!;
  const cells = layout!.cells.map((cell) => (cell === wrong ? { ...cell, lead: 'V6' as const } : cell));
  const misread = { ...page, layout: { ...layout!, cells } };
  expect(leadNamesFromBoxes(misread, annotation())).toEqual({
    names: { [wrong.id]: wrong.lead },
    unmatched: [],
  });
  expect(leadNamesFromBoxes(misread, annotation(90)).names).toEqual({});
  const far = { lead: 'V1' as const, x: -500, y: -500, width: 10, height: 10, startSeconds: 0 };
  expect(leadNamesFromBoxes(page, { ...annotation(), leads: [far] }).unmatched).toEqual(['V1']);
  expect(leadNamesFromBoxes({ ...page, layout: null }, annotation())).toEqual({ names: {}, unmatched: [] });
});
