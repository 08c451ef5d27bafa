import type { Random } from '../../../core/synthesis/random.ts';
import type { TrainingPage } from '../../../core/synthesis/training/training-page.ts';
import { patchBytes } from './patch-layout.ts';

export interface CutOptions {
  readonly count: number;
  readonly patchPx: number;
  /** Share of the patches that are chosen to show trace (class 0). */
  readonly inkShare: number;
}

/** Places tried for a patch that should show trace; the one with most of it is taken when none has enough. */
const TRIES = 8;
/** Enough trace: this many patch widths of a line one pixel wide. */
const ENOUGH = 0.7;

/**
 * Cuts patches out of a page, one after the other in the layout of `patchBytes`.
 *
 * @returns `count * patchBytes(...)` bytes
 */
export function cutPatches(page: TrainingPage, random: Random, options: CutOptions): Uint8Array<ArrayBuffer> {
  const { count, patchPx, inkShare } = options;
  const { width, height } = page.raster;
  const size = patchBytes(patchPx, page.targets.length);
  const patches = new Uint8Array(count * size);
  const place = (): { x: number; y: number } => ({
    x: random.integer(0, width - patchPx),
    y: random.integer(0, height - patchPx),
  });
  for (let index = 0; index < count; index++) {
    let best = place();
    if (random.chance(inkShare)) {
      let most = -1;
      for (let attempt = 0, at = best; attempt < TRIES; attempt++, at = place()) {
        const ink = sumWithin(page.targets[0]!, width, at, patchPx) / 255 / patchPx;
        if (ink > most) {
          most = ink;
          best = at;
        }
        if (most >= ENOUGH) break;
      }
    }
    copyPatch(page, best, patchPx, patches.subarray(index * size, (index + 1) * size));
  }
  return patches;
}

function sumWithin(plane: Uint8Array, width: number, at: { x: number; y: number }, patchPx: number): number {
  let sum = 0;
  for (let y = at.y; y < at.y + patchPx; y++) {
    for (let x = at.x; x < at.x + patchPx; x++) sum += plane[y * width + x]!;
  }
  return sum;
}

function copyPatch(
  page: TrainingPage,
  at: { x: number; y: number },
  patchPx: number,
  into: Uint8Array,
): void {
  const { data, width } = page.raster;
  const area = patchPx * patchPx;
  for (let y = 0; y < patchPx; y++) {
    const row = (at.y + y) * width + at.x;
    for (let x = 0; x < patchPx; x++) {
      const to = y * patchPx + x;
      for (let c = 0; c < 3; c++) into[c * area + to] = data[(row + x) * 3 + c]!;
    }
    for (const [index, plane] of [...page.targets, page.weight].entries()) {
      into.set(plane.subarray(row, row + patchPx), (3 + index) * area + y * patchPx);
    }
  }
}
