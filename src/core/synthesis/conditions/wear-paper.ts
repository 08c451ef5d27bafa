import type { Raster } from '../../image/raster.ts';
import type { Random } from '../random.ts';
import type { PageConditions } from './page-conditions.ts';
import type { Crease } from './page-warp.ts';

/** What a stain takes from red, green and blue where it is darkest. */
const STAIN = [0.1, 0.22, 0.42] as const;

/** Stains and the shading of folds, in place on a flat RGB page. */
export function wearPaper(
  page: Raster,
  conditions: PageConditions,
  creases: readonly Crease[],
  random: Random,
): void {
  for (let k = 0; k < (conditions.stains ?? 0); k++) stain(page, random.fork(`stain${k}`));
  for (const crease of creases) shadeCrease(page, crease, random.uniform(0.12, 0.3));
}

/** A dried drop: a pale disc of uneven outline with a darker rim. */
function stain(page: Raster, random: Random): void {
  const { data, width, height } = page;
  const radius = random.uniform(0.03, 0.09) * width;
  const cx = random.uniform(0, width);
  const cy = random.uniform(0, height);
  const strength = random.uniform(0.35, 0.9);
  const lobes = [2, 3, 5].map((count) => ({
    count,
    phase: random.uniform(0, 2 * Math.PI),
    height: random.uniform(0, 0.12 / Math.sqrt(count)),
  }));
  const reach = radius * 1.3;
  for (let y = Math.max(0, Math.floor(cy - reach)); y < Math.min(height, cy + reach); y++) {
    for (let x = Math.max(0, Math.floor(cx - reach)); x < Math.min(width, cx + reach); x++) {
      const angle = Math.atan2(y - cy, x - cx);
      let outline = radius;
      for (const lobe of lobes) outline += radius * lobe.height * Math.sin(lobe.count * angle + lobe.phase);
      const r = Math.hypot(x - cx, y - cy) / outline;
      if (r > 1.06) continue;
      const rim = Math.exp(-(((r - 0.97) / 0.035) ** 2));
      const edge = Math.min(1, (1.06 - r) / 0.06);
      const amount = strength * edge * (0.3 + 0.7 * rim);
      const p = (y * width + x) * 3;
      for (let c = 0; c < 3; c++) data[p + c] = data[p + c]! * (1 - STAIN[c]! * amount);
    }
  }
}

/** Light falls differently on the two sides of a fold, and the paper's coat breaks along it. */
function shadeCrease(page: Raster, crease: Crease, depth: number): void {
  const { data, width, height } = page;
  const [nx, ny] = crease.normal;
  const fine = Math.max(1, width / 1600);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const s = nx * x + ny * y - crease.offset;
      if (Math.abs(s) > 3 * crease.reachPx) continue;
      const side = depth * 0.5 * Math.exp(-Math.abs(s) / crease.reachPx) * (s < 0 ? 1 : -0.35);
      const line = depth * Math.exp(-((s / (1.2 * fine)) ** 2));
      const factor = 1 - side - line;
      const p = (y * width + x) * 3;
      for (let c = 0; c < 3; c++) data[p + c] = Math.min(255, data[p + c]! * factor);
    }
  }
}
