import { beforeAll, describe, expect, test } from 'vitest';
import { drawnPage } from '../../../tests/fixtures/drawn-page.ts';
import { digitizePage } from '../digitize-page.ts';
import type { Digitization } from '../digitization.ts';
import { setMask, type MaskTiles } from '../edit/mask-tiles.ts';
import type { FloatRaster } from '../image/raster.ts';
import { extractInk } from '../mask/extract-ink.ts';
import { canonicalToImage } from '../page/warp-map.ts';
import { rectifyPage } from '../page/rectify-page.ts';
import { targetBalance, trainingTargets, type TrainingTargets } from './training-targets.ts';

let page: Digitization;
let coverage: FloatRaster;
let whole: TrainingTargets;
const nobody = { masks: new Map<string, MaskTiles>(), unverified: new Set<string>() };

beforeAll(async () => {
  const { raster } = drawnPage();
  page = await digitizePage(raster);
  coverage = extractInk(rectifyPage(raster).value).value.coverage;
  whole = trainingTargets({ page, coverage, ...nobody });
});

const at = (x: number, y: number): number => Math.round(y) * coverage.width + Math.round(x);

/** Overlap of target and ink along a cell's path: 1 where they are equal. */
function diceAlong(cellId: string): number {
  const { x0, y } = page.paths.find((path) => path.cellId === cellId)!;
  let [both, squares] = [0, 0];
  y.forEach((row, column) => {
    for (let dy = -8; dy <= 8; dy++) {
      const k = at(x0 + column, row + dy);
      const [t, c] = [whole.targets.trace[k]! / 255, Math.min(1, coverage.data[k]!)];
      both += t * c;
      squares += t * t + c * c;
    }
  });
  return (2 * both) / squares;
}

describe('trainingTargets', () => {
  test('lie on the ink of the traces, as wide as it', () => {
    expect(page.paths.length).toBe(13);
    for (const { cellId } of page.paths) expect(diceAlong(cellId)).toBeGreaterThan(0.85);
  });

  test('know lettering and pulses where they were read, and that a trace is neither', () => {
    const label = page.layout!.cells.find(
      ({ labelBox, labelSource }) => labelBox && labelSource === 'read',
    )!.labelBox!;
    const inside = (plane: Uint8Array, box = label): number => {
      let sum = 0;
      for (let y = Math.floor(box.y0); y < box.y1; y++) {
        for (let x = Math.floor(box.x0); x < box.x1; x++) sum += plane[at(x, y)]!;
      }
      return sum;
    };
    expect(inside(whole.targets.text)).toBeGreaterThan(255 * 10);
    expect(inside(whole.targets.trace)).toBe(0);
    expect(whole.weights.text[at(label.x0 + 1, label.y0 + 1)]).toBe(255);
    expect(whole.weights.mark[at(label.x0 + 1, label.y0 + 1)]).toBe(255);
    const pulse = page.layout!.pulses[0]!.box;
    expect(inside(whole.targets.mark, pulse)).toBeGreaterThan(255 * 10);
    const { x0, y } = page.paths[2]!;
    const middle = at(x0 + (y.length >> 1), y[y.length >> 1]!);
    expect([whole.targets.trace[middle], whole.weights.trace[middle]]).toEqual([255, 255]);
    expect([whole.targets.text[middle], whole.weights.text[middle], whole.weights.mark[middle]]).toEqual([
      0, 255, 255,
    ]);
    // Bare paper may hold anything but a trace.
    const bare = whole.weights.trace.findIndex((known, k) => known === 255 && coverage.data[k] === 0);
    expect([whole.weights.text[bare], whole.weights.mark[bare]]).toEqual([0, 0]);
    expect(targetBalance(whole).trace.known).toBeGreaterThan(0.6);
    expect(whole.weights.grid.every((value) => value === 0)).toBe(true);
  });

  test('say nothing about whose the ink is where a trace meets a pulse or a label', () => {
    const { x0, y } = page.paths[2]!;
    const column = 60;
    const row = y[column]!;
    const box = { x0: x0 + column - 4, x1: x0 + column + 4, y0: row - 8, y1: row + 8 };
    const layout = {
      ...page.layout!,
      pulses: [{ box, heightMm: 1, widthMm: 1, row: 0, side: 'left' as const }],
    };
    const met = trainingTargets({ page: { ...page, layout }, coverage, ...nobody });
    const [on, near, far] = [
      at(x0 + column, row),
      at(x0 + column + 8, y[column + 8]!),
      at(x0 + 200, y[200]!),
    ];
    expect([met.weights.mark[on], met.weights.mark[near], met.weights.mark[far]]).toEqual([0, 0, 255]);
    expect([met.weights.trace[on], met.weights.trace[near]]).toEqual([0, 255]);
    expect(met.targets.mark[on]).toBe(0);
  });

  test('say nothing about leads that nobody verified', () => {
    const cell = page.layout!.cells[4]!;
    const some = trainingTargets({ page, coverage, masks: nobody.masks, unverified: new Set([cell.id]) });
    const { x0, y } = page.paths.find(({ cellId }) => cellId === cell.id)!;
    y.forEach((row, column) => {
      if (column > 0 && column < y.length - 1) expect(some.weights.trace[at(x0 + column, row)]).toBe(0);
    });
    expect(targetBalance(some).trace.ink).toBeLessThan(targetBalance(whole).trace.ink);
    const lost = { ...page, paths: page.paths.filter(({ cellId }) => cellId !== cell.id) };
    const without = trainingTargets({ page: lost, coverage, ...nobody });
    expect(without.weights.trace).toEqual(some.weights.trace);
  });

  test('say nothing where a gap was bridged, and beyond the picture', () => {
    const bridged = page.paths.map((path, index) =>
      index === 0
        ? { ...path, bridged: path.bridged.map((_, column) => (column >= 40 && column < 60 ? 1 : 0)) }
        : path,
    );
    const gaps = trainingTargets({ page: { ...page, paths: bridged }, coverage, ...nobody });
    const { x0, y } = page.paths[0]!;
    expect(gaps.weights.trace[at(x0 + 50, y[50]!)]).toBe(0);
    expect(gaps.weights.trace[at(x0 + 30, y[30]!)]).toBe(255);
    const narrow = trainingTargets({
      page: { ...page, imageWidth: page.imageWidth >> 1 },
      coverage,
      ...nobody,
    });
    expect(narrow.weights.trace[at(coverage.width - 3, 20)]).toBe(0);
    expect(narrow.weights.trace[at(20, 20)]).toBe(whole.weights.trace[at(20, 20)]);
  });

  test('take painted ink along', () => {
    const box = page.layout!.cells[0]!.labelBox!;
    const mask: MaskTiles = new Map();
    for (let y = box.y0; y < box.y1; y += 0.25) {
      for (let x = box.x0; x < box.x1; x += 0.25) {
        const [px, py] = canonicalToImage(page.rectification!.warp, x, y);
        setMask(mask, Math.round(px), Math.round(py), 1, new Map());
      }
    }
    const painted = trainingTargets({
      page,
      coverage,
      masks: new Map([[page.layout!.cells[0]!.id, mask]]),
      unverified: nobody.unverified,
    });
    let found = 0;
    for (let y = Math.ceil(box.y0); y < box.y1; y++) {
      for (let x = Math.ceil(box.x0); x < box.x1; x++) found += painted.targets.trace[at(x, y)]!;
    }
    expect(found).toBeGreaterThan(255 * 10);
  });
});
