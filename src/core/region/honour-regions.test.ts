import { beforeAll, expect, test } from 'vitest';
import { drawnPage } from '../../../tests/fixtures/drawn-page.ts';
import type { Digitization } from '../digitization.ts';
import { digitizePage } from '../digitize-page.ts';
import type { Raster } from '../image/raster.ts';
import { canonicalToImage } from '../page/warp-map.ts';
import { inkRegions, type InkRegion } from './honour-regions.ts';

const II = 'r1c0';
let raster: Raster;
let base: Digitization;

beforeAll(async () => {
  ({ raster } = drawnPage());
  base = await digitizePage(raster);
});

/** A rectangle about columns 60 to 90 of lead II. */
function aboutII(kind: InkRegion['kind']): InkRegion {
  const { x0, y } = base.paths.find(({ cellId }) => cellId === II)!;
  const rows = Array.from(y.subarray(60, 91));
  const [top, bottom] = [Math.min(...rows) - 8, Math.max(...rows) + 8];
  const corners = [
    [x0 + 60, top],
    [x0 + 90, top],
    [x0 + 90, bottom],
    [x0 + 60, bottom],
  ];
  return { kind, points: corners.map(([x, row]) => canonicalToImage(base.rectification!.warp, x!, row!)) };
}

test('a page is digitized without the ink of an excluded region', async () => {
  const page = await digitizePage(raster, { regions: [aboutII('exclude')] });
  const path = page.paths.find(({ cellId }) => cellId === II)!;
  const bridged = Array.from(path.bridged.subarray(64, 87));
  expect(bridged.every((value) => value === 1)).toBe(true);
  const before = base.paths.find(({ cellId }) => cellId === II)!;
  expect(Math.abs(path.y[120]! - before.y[120]!)).toBeLessThan(0.5);
});

test('an included region reads the trace as before where nothing hid it', async () => {
  const page = await digitizePage(raster, { regions: [aboutII('include')] });
  const [after, before] = [page, base].map(({ paths }) => paths.find(({ cellId }) => cellId === II)!);
  const apart = Array.from({ length: 23 }, (_, k) => Math.abs(after!.y[64 + k]! - before!.y[64 + k]!));
  // A grid line that is as dark as half a stroke may blunt the tip of an R wave.
  expect(apart.filter((px) => px > 1.5).length).toBeLessThanOrEqual(2);
  expect(Math.max(...apart)).toBeLessThan(8);
});

test('only what holds for all leads and every reading is told to the digitizer', () => {
  const region = { points: [], gap: 'bridge', seen: null, cellId: null } as const;
  const kept = inkRegions([
    { ...region, id: 'r0', kind: 'exclude' },
    { ...region, id: 'r1', kind: 'exclude', cellId: II },
    { ...region, id: 'r2', kind: 'model' },
    { ...region, id: 'r3', kind: 'include' },
  ]);
  expect(kept.map(({ kind }) => kind)).toEqual(['exclude', 'include']);
});
