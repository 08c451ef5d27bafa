import { trimMask, type MaskWindow } from '../../core/mask/mask-window.ts';
import { AppError } from '../../shared/app-error.ts';
import type { PictureSize } from '../masks/run-lengths.ts';
import { packBrush, unpackBrush } from './brush-rle.ts';

/** Label Studio keeps brushes as pixels of red, green, blue and opacity. */
const CHANNELS = 4;

/** A mask as a brush of Label Studio: 255 in all four channels where it is. */
export function writeBrush(mask: MaskWindow, { width, height }: PictureSize): Uint8Array {
  return packBrush(rowRuns(mask, width, height), width * height * CHANNELS);
}

function* rowRuns(mask: MaskWindow, width: number, height: number): Generator<[number, number]> {
  let start = 0;
  let value = 0;
  for (let y = 0; y < mask.height; y++) {
    for (let x = 0; x <= mask.width; x++) {
      const next = x < mask.width ? mask.data[y * mask.width + x]! : 0;
      if (next === value) continue;
      const at = (mask.y0 + y) * width + mask.x0 + x;
      if (at > start) yield [(at - start) * CHANNELS, value * 255];
      start = at;
      value = next;
    }
  }
  const rest = width * height - start;
  if (rest > 0) yield [rest * CHANNELS, 0];
}

/**
 * The mask of a brush: where it is opaque.
 *
 * @throws AppError `corrupt` when it is not of the picture's size
 */
export function readBrush(rle: ArrayLike<number>, { width, height }: PictureSize): MaskWindow {
  const data = new Uint8Array(width * height);
  const total = data.length * CHANNELS;
  let at = 0;
  for (const [length, value] of unpackBrush(rle)) {
    if (at + length > total) break;
    if (value !== 0) {
      // The opacity of pixel i is value 4 i + 3.
      const from = Math.ceil((at - 3) / CHANNELS);
      const to = Math.floor((at + length - 4) / CHANNELS);
      if (to >= from) data.fill(1, from, to + 1);
    }
    at += length;
  }
  if (at !== total) {
    throw new AppError(
      'corrupt',
      `A brush of Label Studio does not fit its picture of ${width} x ${height} pixels.`,
    );
  }
  return trimMask({ x0: 0, y0: 0, width, height, data });
}
