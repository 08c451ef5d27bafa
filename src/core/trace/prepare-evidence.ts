import type { Box, FloatRaster } from '../image/raster.ts';
import type { Layout } from '../lead/layout.ts';
import type { InkMap } from '../mask/ink-map.ts';
import { eraseText } from './erase-text.ts';

/** Ink that may be trace, and how far each pixel is to be believed (0..1). */
export interface TraceEvidence {
  readonly coverage: FloatRaster;
  readonly certainty: FloatRaster;
}

/**
 * Takes labels, separators and calibration pulses out of the ink without cutting the trace near them: letters are
 * removed where they stand alone and only distrusted where they touch other ink; under separators and pulses nothing is
 * known. About 15 ms for 2200x1700.
 */
export function prepareEvidence(ink: InkMap, layout: Layout): TraceEvidence {
  const { width, height } = ink.coverage;
  const coverage: FloatRaster = { data: Float32Array.from(ink.coverage.data), width, height };
  const certainty: FloatRaster = {
    data: ink.certainty ? Float32Array.from(ink.certainty.data) : new Float32Array(width * height).fill(1),
    width,
    height,
  };
  const boxes = layout.text.map((text) => text.box);
  for (const cell of layout.cells) if (cell.labelBox) boxes.push(cell.labelBox);
  for (const box of boxes) eraseText(coverage, certainty, grow(box, 1, width, height));
  for (const box of layout.separators) blank(coverage, certainty, grow(box, 1, width, height));
  for (const pulse of layout.pulses) {
    const row = layout.cells.filter((cell) => cell.row === pulse.row);
    if (row.length === 0) continue;
    const first = Math.min(...row.map((cell) => cell.x0));
    const last = Math.max(...row.map((cell) => cell.x1));
    const { y0, y1 } = pulse.box;
    // A pulse may touch the trace: its part inside the leads' columns stays.
    const before = grow(
      { x0: pulse.box.x0, y0, x1: Math.min(pulse.box.x1, Math.floor(first) - 1), y1 },
      1,
      width,
      height,
    );
    const after = grow(
      { x0: Math.max(pulse.box.x0, Math.ceil(last) + 1), y0, x1: pulse.box.x1, y1 },
      1,
      width,
      height,
    );
    blank(coverage, certainty, before);
    blank(coverage, certainty, after);
  }
  return { coverage, certainty };
}

function blank(coverage: FloatRaster, certainty: FloatRaster, box: Box): void {
  for (let y = box.y0; y < box.y1; y++) {
    for (let x = box.x0; x < box.x1; x++) {
      coverage.data[y * coverage.width + x] = 0;
      certainty.data[y * coverage.width + x] = 0;
    }
  }
}

function grow(box: Box, byPx: number, width: number, height: number): Box {
  return {
    x0: Math.max(0, Math.floor(box.x0) - byPx),
    y0: Math.max(0, Math.floor(box.y0) - byPx),
    x1: Math.min(width, Math.ceil(box.x1) + byPx),
    y1: Math.min(height, Math.ceil(box.y1) + byPx),
  };
}
