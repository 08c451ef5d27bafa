import type { Random } from '../../../core/synthesis/random.ts';
import type { TrainingPage } from '../../../core/synthesis/training/training-page.ts';
import { patchBytes } from './patch-layout.ts';

/** What patches are cut from; `weights` is one plane, or one per class. */
export interface PatchSource extends Pick<TrainingPage, 'raster' | 'targets'> {
  readonly weights: readonly Uint8Array[];
}

export interface CutOptions {
  readonly count: number;
  readonly patchPx: number;
  /** Share of the patches that are laid over ink of each class; the rest lies anywhere. */
  readonly focus: readonly number[];
}

/** Pixels more than half covered count as ink to lay a patch over. */
const INKED = 127;

/**
 * Cuts patches out of a page, one after the other in the layout of `patchBytes`. A patch that should show a class holds
 * a random pixel of its ink at a random place; on a page without such ink it lies anywhere. Lettering and pulses cover
 * a thousandth of a page: without that a network would hardly ever see them.
 *
 * @returns `count * patchBytes(...)` bytes
 */
export function cutPatches(page: PatchSource, random: Random, options: CutOptions): Uint8Array<ArrayBuffer> {
  const { count, patchPx, focus } = options;
  const { width, height } = page.raster;
  const size = patchBytes(patchPx, page.targets.length, page.weights.length);
  const patches = new Uint8Array(count * size);
  const inks = focus.map((share, index) => (share > 0 ? inkedPixels(page.targets[index]!) : null));
  const choose = (): Uint32Array | null => {
    let left = random.next();
    return inks[focus.findIndex((share) => (left -= share) < 0)] ?? null;
  };
  for (let index = 0; index < count; index++) {
    const ink = choose();
    let x = random.integer(0, width - patchPx);
    let y = random.integer(0, height - patchPx);
    if (ink && ink.length > 0) {
      const pixel = random.pick(ink as unknown as number[]);
      x = clamp((pixel % width) - random.integer(0, patchPx - 1), width - patchPx);
      y = clamp(Math.floor(pixel / width) - random.integer(0, patchPx - 1), height - patchPx);
    }
    copyPatch(page, x, y, patchPx, patches.subarray(index * size, (index + 1) * size));
  }
  return patches;
}

const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, value));

function inkedPixels(plane: Uint8Array): Uint32Array {
  const found: number[] = [];
  for (let k = 0; k < plane.length; k++) if (plane[k]! > INKED) found.push(k);
  return Uint32Array.from(found);
}

function copyPatch(page: PatchSource, left: number, top: number, patchPx: number, into: Uint8Array): void {
  const { data, width } = page.raster;
  const area = patchPx * patchPx;
  for (let y = 0; y < patchPx; y++) {
    const row = (top + y) * width + left;
    for (let x = 0; x < patchPx; x++) {
      const to = y * patchPx + x;
      for (let c = 0; c < 3; c++) into[c * area + to] = data[(row + x) * 3 + c]!;
    }
    for (const [index, plane] of [...page.targets, ...page.weights].entries()) {
      into.set(plane.subarray(row, row + patchPx), (3 + index) * area + y * patchPx);
    }
  }
}
