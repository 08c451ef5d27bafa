import { exifOrientation } from './exif-orientation.ts';

/** Chunks that change nothing about the pixels of a picture of 8-bit gray or colour. */
const HARMLESS = new Set(['IHDR', 'IDAT', 'IEND', 'sRGB', 'pHYs', 'tEXt', 'zTXt', 'iTXt', 'tIME', 'bKGD']);
const KEPT = new Set(['IHDR', 'IDAT', 'IEND']);
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3 };

/**
 * A PNG without anything but its pixels, these as they are encoded already: some hundred milliseconds less than encoding
 * them afresh. Null where that would not give the same picture: other depths, palettes, transparency, colour profiles, turned
 * or animated pictures, and files that are damaged.
 *
 * @param size of the decoded picture: that of the file, or it is not copied; `channels` is null where either will do
 */
export function barePng(
  bytes: Uint8Array,
  size: { readonly width: number; readonly height: number; readonly channels: number | null },
): Uint8Array<ArrayBuffer> | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 45 || view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a) return null;
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const [depth, colour, , , interlace] = bytes.subarray(24, 29);
  if (depth !== 8 || interlace !== 0 || !(colour! in CHANNELS)) return null;
  if (size.channels !== null && CHANNELS[colour!] !== size.channels) return null;
  if (width !== size.width || height !== size.height) return null;
  const pieces: Uint8Array[] = [bytes.subarray(0, 8)];
  for (let at = 8; ;) {
    if (at + 12 > bytes.length) return null;
    const end = at + 12 + view.getUint32(at);
    const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (end > bytes.length) return null;
    const isUpright = kind === 'eXIf' && exifOrientation(bytes.subarray(at + 8, end - 4)) === 1;
    if (!HARMLESS.has(kind) && !isUpright) return null;
    if (KEPT.has(kind)) pieces.push(bytes.subarray(at, end));
    if (kind === 'IEND') break;
    at = end;
  }
  const result = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let to = 0;
  for (const piece of pieces) {
    result.set(piece, to);
    to += piece.length;
  }
  return result;
}
