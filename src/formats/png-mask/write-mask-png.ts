import { encode } from 'fast-png';
import type { MaskWindow } from '../../core/mask/mask-window.ts';
import type { PictureSize } from '../masks/run-lengths.ts';
import { LABEL_PALETTE } from './label-palette.ts';
import { pngHead, pngOfChunks } from './png-chunks.ts';
import { zlibSparse } from './zlib-sparse.ts';

/** Masks are nearly empty: the quick level packs them as well as the thorough one. */
const ZLIB = { level: 6 } as const;

/**
 * One mask as a PNG of one bit per pixel, white where it is, of the size of the picture. The same mask gives the same bytes
 * on every machine. About 1 ms for a lead on 2200x1700, a few kilobytes.
 */
export function writeMaskPng(mask: MaskWindow, { width, height }: PictureSize): Uint8Array {
  // Each row begins with its filter, which is none.
  const rowBytes = 1 + ((width + 7) >> 3);
  const rows = new Uint8Array(rowBytes * mask.height);
  for (let y = 0, at = 0; y < mask.height; y++) {
    const row = y * rowBytes + 1;
    for (let x = mask.x0; x < mask.x0 + mask.width; x++, at++) {
      if (mask.data[at] !== 0) rows[row + (x >> 3)]! |= 128 >> (x & 7);
    }
  }
  const before = mask.y0 * rowBytes;
  const data = zlibSparse(before, rows, (height - mask.y0 - mask.height) * rowBytes, rowBytes);
  return pngOfChunks([
    ['IHDR', pngHead(width, height, 1)],
    ['IDAT', data],
    ['IEND', new Uint8Array(0)],
  ]);
}

/** A label map as a PNG of eight bits with a palette: the values are the labels, the colours only for the eye. */
export function writeLabelPng(labels: Uint8Array, { width, height }: PictureSize): Uint8Array {
  const palette = LABEL_PALETTE.map((colour) => [...colour]);
  return encode({ width, height, data: labels, depth: 8, channels: 1, palette }, { zlib: ZLIB });
}

/** A label map as a plain gray PNG, as tools expect it that know no palettes; nearly black to the eye. */
export function writeGrayLabelPng(labels: Uint8Array, { width, height }: PictureSize): Uint8Array {
  return encode({ width, height, data: labels, depth: 8, channels: 1 }, { zlib: ZLIB });
}
