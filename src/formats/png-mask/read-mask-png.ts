import { decode, type DecodedPng } from 'fast-png';
import { EMPTY_MASK, trimMask, type MaskWindow } from '../../core/mask/mask-window.ts';
import { AppError } from '../../shared/app-error.ts';

/** A PNG as numbers, one per pixel: gray values or numbers of palette colours, whatever the file's depth. */
export interface MaskPicture {
  readonly width: number;
  readonly height: number;
  readonly values: Uint16Array;
}

/** Pixels of a 1200-dpi A3. */
const MOST_PIXELS = 300_000_000;

/**
 * Reads a PNG of masks or labels. Of colour pictures the brightest channel counts; what is transparent is 0.
 *
 * @throws AppError `corrupt`, `too-large`
 */
export function readMaskPng(bytes: Uint8Array): MaskPicture {
  const { width, height, depth, channels, data } = decoded(bytes);
  const values = new Uint16Array(width * height);
  if (depth < 8) {
    const rowBytes = Math.ceil((width * depth) / 8);
    const most = (1 << depth) - 1;
    const perByte = 8 / depth;
    for (let y = 0; y < height; y++) {
      for (let at = 0; at < rowBytes; at++) {
        const byte = data[y * rowBytes + at]!;
        // Masks are nearly empty.
        if (byte === 0) continue;
        for (let k = 0, x = at * perByte; k < perByte && x < width; k++, x++) {
          values[y * width + x] = (byte >> (8 - depth * (k + 1))) & most;
        }
      }
    }
    return { width, height, values };
  }
  const colours = channels > 2 ? 3 : 1;
  for (let i = 0; i < values.length; i++) {
    let value = 0;
    for (let c = 0; c < colours; c++) value = Math.max(value, data[i * channels + c]!);
    values[i] = channels > colours && data[i * channels + colours] === 0 ? 0 : value;
  }
  return { width, height, values };
}

/**
 * The mask in a PNG of one bit per pixel, as `maskOfPicture` has it of `readMaskPng`, without a number for every pixel of the
 * picture: a fifth of the time.
 *
 * @throws AppError `corrupt`, `too-large`
 */
export function readBitMask(bytes: Uint8Array): MaskWindow {
  const png = decoded(bytes);
  if (png.depth !== 1 || png.palette) return maskOfPicture(readMaskPng(bytes));
  const { width, height, data } = png;
  const rowBytes = (width + 7) >> 3;
  let [first, last, top, bottom] = [rowBytes, -1, height, -1];
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < rowBytes; x++, at++) {
      if (data[at] === 0) continue;
      if (x < first) first = x;
      if (x > last) last = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  if (last < 0) return EMPTY_MASK;
  const columns = (last - first + 1) * 8;
  const pixels = new Uint8Array(columns * (bottom - top + 1));
  for (let y = top; y <= bottom; y++) {
    for (let x = first; x <= last; x++) {
      const byte = data[y * rowBytes + x]!;
      if (byte === 0) continue;
      const to = (y - top) * columns + 8 * (x - first);
      for (let k = 0; k < 8; k++) pixels[to + k] = (byte >> (7 - k)) & 1;
    }
  }
  const window = { x0: 8 * first, y0: top, width: columns, height: bottom - top + 1, data: pixels };
  return trimMask(window, width, height);
}

function decoded(bytes: Uint8Array): DecodedPng {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 33 || view.getUint32(0) !== 0x89504e47) {
    throw new AppError('corrupt', 'The mask is not a PNG file.');
  }
  const pixels = view.getUint32(16) * view.getUint32(20);
  if (pixels > MOST_PIXELS) {
    throw new AppError('too-large', `The mask has ${pixels} pixels; at most ${MOST_PIXELS} are read.`);
  }
  try {
    return decode(bytes, { checkCrc: true });
  } catch (cause) {
    throw new AppError('corrupt', `The mask is a damaged PNG file (${(cause as Error).message}).`, { cause });
  }
}

/** The pixels of a picture that are not 0, or those in which one bit is set. 4 ms for 2200x1700. */
export function maskOfPicture({ width, height, values }: MaskPicture, bit: number | null = null): MaskWindow {
  const wanted = bit === null ? 0xffff : 1 << bit;
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if ((values[at]! & wanted) === 0) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  if (right < 0) return EMPTY_MASK;
  const columns = right - left + 1;
  const data = new Uint8Array(columns * (bottom - top + 1));
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      if ((values[y * width + x]! & wanted) !== 0) data[(y - top) * columns + x - left] = 1;
    }
  }
  return { x0: left, y0: top, width: columns, height: bottom - top + 1, data };
}
