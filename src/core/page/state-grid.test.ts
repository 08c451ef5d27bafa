import { beforeAll, expect, test } from 'vitest';
import { drawnPage } from '../../../tests/fixtures/drawn-page.ts';
import type { Digitization } from '../digitization.ts';
import { digitizePage } from '../digitize-page.ts';
import type { Raster } from '../image/raster.ts';
import { rectifyPage } from './rectify-page.ts';
import { turnRaster } from './turn-raster.ts';
import { canonicalToImage, imageToCanonical } from './warp-map.ts';

let raster: Raster;
let found: Digitization;
beforeAll(async () => {
  ({ raster } = drawnPage());
  found = await digitizePage(raster);
});

/** Four crossings of the found grid, `columns` x `rows` large boxes apart. */
function corners(i: number, j: number, columns: number, rows: number): [number, number][] {
  const { xs, ys, columns: across } = found.rectification!.lattice!;
  const at = (a: number, b: number): [number, number] => [xs[b * across + a]!, ys[b * across + a]!];
  return [at(i, j), at(i + columns, j), at(i + columns, j + rows), at(i, j + rows)];
}

function expectSameSignals(page: Digitization): void {
  for (const { cellId, lead, millivolts } of page.signals) {
    const before = found.signals.find((signal) => signal.cellId === cellId)!;
    expect(before.lead).toBe(lead);
    const apart = millivolts.map((value, i) => Math.abs(value - before.millivolts[i]!)).sort();
    expect(apart[Math.floor(0.95 * apart.length)]).toBeLessThan(0.03);
  }
}

test('a page is read by four stated points as by its grid', async () => {
  const frame = { corners: corners(4, 4, 30, 20), widthMm: 150, heightMm: 100 };
  const page = await digitizePage(raster, { overrides: { frame } });
  expect(page.status).toBe('ok');
  expect(page.rectification!.pxPerMmX).toBeCloseTo(found.rectification!.pxPerMmX, 1);
  expectSameSignals(page);
});

test('points stated on a page that lies on its side bring it upright', async () => {
  const turned = turnRaster(raster, 1);
  const frame = {
    corners: corners(4, 4, 30, 20).map(([x, y]): [number, number] => [raster.height - 1 - y, x]),
    widthMm: 150,
    heightMm: 100,
  };
  expectSameSignals(await digitizePage(turned, { overrides: { frame } }));
});

test('a handle takes the grid about it along, also on a turned page', () => {
  const { xs, ys, columns } = found.rectification!.lattice!;
  const node = 10 * columns + 12;
  const [x, y] = [xs[node]!, ys[node]!];
  const { warp } = found.rectification!;
  const [u, v] = imageToCanonical(warp, x, y);
  const bent = rectifyPage(raster, { overrides: { gridHandles: [{ x, y, toX: x + 5, toY: y - 4 }] } });
  const after = bent.value.rectification.warp;
  expect(canonicalToImage(after, u, v)[0]).toBeCloseTo(x + 5, 0);
  expect(canonicalToImage(after, u, v)[1]).toBeCloseTo(y - 4, 0);
  const far = canonicalToImage(after, u + 600, v + 200);
  expect(far[0]).toBeCloseTo(canonicalToImage(warp, u + 600, v + 200)[0], 1);

  const turned = turnRaster(raster, 1);
  const turn = (px: number, py: number): [number, number] => [raster.height - 1 - py, px];
  const [tx, ty] = turn(x, y);
  const [toX, toY] = turn(x + 5, y - 4);
  const upright = rectifyPage(turned, {
    overrides: { quarterTurns: 3, gridHandles: [{ x: tx, y: ty, toX, toY }] },
  });
  const [px, py] = canonicalToImage(upright.value.rectification.warp, u, v);
  expect(px).toBeCloseTo(toX, 0);
  expect(py).toBeCloseTo(toY, 0);
});

test('four points in one line are no paper, and the page says so', async () => {
  const frame = {
    corners: [
      [100, 100],
      [200, 200],
      [300, 300],
      [400, 400],
    ] as const,
    widthMm: 100,
    heightMm: 50,
  };
  const page = await digitizePage(raster, { overrides: { frame } });
  expect(page.status).toBe('failed');
  expect(page.reasons[0]!.message).toMatch(/do not go round/);
});
