import { trimMask, type MaskWindow } from '../../core/mask/mask-window.ts';
import { AppError } from '../../shared/app-error.ts';

/** Size of a picture, pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Pixels of a 1200-dpi A3. */
const MOST_PIXELS = 300_000_000;

/** Refuses sizes that no picture has before memory is asked for. @throws AppError `too-large` */
export function assertPictureSize({ width, height }: PictureSize): void {
  if (width * height <= MOST_PIXELS) return;
  throw new AppError(
    'too-large',
    `Masks of ${width} x ${height} pixels are not read, only up to ${MOST_PIXELS} pixels.`,
  );
}

/**
 * Lengths of the runs of 0 and 1 of a picture read down its columns, the first of 0 (and 0 long where the first pixel is
 * set), as COCO has them. They add up to width times height.
 */
export function toRunLengths(mask: MaskWindow, { width, height }: PictureSize): number[] {
  const runs: number[] = [];
  let start = 0;
  let value = 0;
  for (let x = 0; x < mask.width; x++) {
    const top = (mask.x0 + x) * height + mask.y0;
    for (let y = 0; y <= mask.height; y++) {
      const next = y < mask.height ? mask.data[y * mask.width + x]! : 0;
      if (next === value) continue;
      // A column that reaches the lower edge may go on at the top of the next one.
      const at = top + y;
      if (next === 1 && at === start && runs.length > 0) start = at - runs.pop()!;
      else {
        runs.push(at - start);
        start = at;
      }
      value = next;
    }
  }
  const rest = width * height - start;
  if (rest > 0 || runs.length === 0) runs.push(rest);
  return runs;
}

/**
 * The mask of what {@link toRunLengths} wrote.
 *
 * @throws AppError `corrupt` when the runs do not fill the picture
 */
export function fromRunLengths(runs: readonly number[], { width, height }: PictureSize): MaskWindow {
  const total = runs.reduce((sum, run) => sum + run, 0);
  if (total !== width * height || runs.some((run) => !Number.isInteger(run) || run < 0)) {
    throw new AppError(
      'corrupt',
      `A mask's run lengths add up to ${total} pixels where the picture has ${width} x ${height} = ${width * height}.`,
    );
  }
  let first = Infinity;
  let last = -1;
  for (let i = 0, at = 0; i < runs.length; at += runs[i++]!) {
    if (i % 2 === 0 || runs[i] === 0) continue;
    first = Math.min(first, at);
    last = at + runs[i]! - 1;
  }
  if (last < 0) return trimMask({ x0: 0, y0: 0, width: 0, height: 0, data: new Uint8Array(0) });
  const x0 = Math.floor(first / height);
  const columns = Math.floor(last / height) - x0 + 1;
  const data = new Uint8Array(columns * height);
  for (let i = 0, at = 0; i < runs.length; at += runs[i++]!) {
    if (i % 2 === 0) continue;
    for (let k = at; k < at + runs[i]!; k++) data[(k % height) * columns + Math.floor(k / height) - x0] = 1;
  }
  return trimMask({ x0, y0: 0, width: columns, height, data });
}
