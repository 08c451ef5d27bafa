import type { Raster } from '../../core/image/raster.ts';
import { AppError } from '../../shared/app-error.ts';
import { assertWithinLimits } from './decode-limits.ts';
import type { DecodeLimits } from './decode-limits.ts';

interface BmpHeader {
  readonly width: number;
  readonly height: number;
  readonly topDown: boolean;
  readonly bits: number;
  readonly compression: number;
  readonly pixelsAt: number;
  readonly palette: Uint8Array;
  /** Bit masks of red, green and blue for 16 and 32 bits per pixel. */
  readonly masks: readonly [number, number, number];
}

const RLE8 = 1;
const RLE4 = 2;
const BIT_FIELDS = 3;

/**
 * Reads a Windows or OS/2 bitmap: 1, 4, 8, 16, 24 or 32 bits, palettes, bit fields, RLE, either row order. The
 * fourth byte of 32-bit pixels is ignored, as most programs write zeros there.
 *
 * @throws AppError `corrupt` when cut short or contradictory, `unsupported` for JPEG or PNG inside a bitmap,
 * `too-large` beyond the limits
 */
export function readBmp(bytes: Uint8Array, name: string, limits: DecodeLimits): Raster {
  const header = readHeader(bytes, name);
  const { width, height, bits, compression, palette } = header;
  assertWithinLimits(name, width, height, limits);
  if (compression === RLE8 || compression === RLE4) {
    return toRaster(header, expandRle(bytes, header), width);
  }
  const stride = Math.floor((width * bits + 31) / 32) * 4;
  const source = bytes.subarray(header.pixelsAt, header.pixelsAt + stride * height);
  // Some writers leave out the padding of the last row.
  if (source.length < stride * (height - 1) + Math.ceil((width * bits) / 8)) throw cutShort(name);
  return bits <= 8 && palette.length > 0
    ? toRaster(header, unpackIndices(source, header, stride), width)
    : fromDirectColour(source, header, stride);
}

const cutShort = (name: string): AppError =>
  new AppError(
    'corrupt',
    `"${name}" is cut short: the bitmap ends before its last row. Copy or scan it again.`,
  );

function readHeader(bytes: Uint8Array, name: string): BmpHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 26) throw cutShort(name);
  const headerBytes = view.getUint32(14, true);
  const core = headerBytes === 12;
  if (bytes.length < 14 + headerBytes) throw cutShort(name);
  const width = core ? view.getUint16(18, true) : view.getInt32(18, true);
  const signedHeight = core ? view.getUint16(20, true) : view.getInt32(22, true);
  const bits = view.getUint16(core ? 24 : 28, true);
  const compression = core ? 0 : view.getUint32(30, true);
  const fields = compression === BIT_FIELDS || compression === 6;
  if (![1, 4, 8, 16, 24, 32].includes(bits) || (compression > BIT_FIELDS && !fields)) {
    throw new AppError(
      'unsupported',
      `"${name}" is a bitmap with ${bits} bits per pixel and compression ${compression}, which is not read here. ` +
        'Save it as PNG or TIFF.',
    );
  }
  const entryBytes = core ? 3 : 4;
  const maskBytes = fields && headerBytes === 40 ? (compression === 6 ? 16 : 12) : 0;
  const stated = core ? 0 : view.getUint32(46, true);
  const entries = bits <= 8 ? Math.min(stated || 1 << bits, 1 << bits) : 0;
  const paletteAt = 14 + headerBytes + maskBytes;
  if (bytes.length < paletteAt + entries * entryBytes) throw cutShort(name);
  const palette = new Uint8Array(3 << bits <= 768 ? 3 << bits : 0);
  for (let i = 0; i < entries; i++) {
    const at = paletteAt + i * entryBytes;
    palette.set([bytes[at + 2]!, bytes[at + 1]!, bytes[at]!], 3 * i);
  }
  const masks: [number, number, number] = fields
    ? [view.getUint32(54, true), view.getUint32(58, true), view.getUint32(62, true)]
    : bits === 16
      ? [0x7c00, 0x03e0, 0x001f]
      : [0xff0000, 0x00ff00, 0x0000ff];
  const height = Math.abs(signedHeight);
  const pixelsAt = view.getUint32(10, true);
  return { width, height, topDown: signedHeight < 0, bits, compression, pixelsAt, palette, masks };
}

/** One palette index per pixel, in file row order. */
function unpackIndices(source: Uint8Array, { width, height, bits }: BmpHeader, stride: number): Uint8Array {
  const indices = new Uint8Array(width * height);
  const perByte = 8 / bits;
  const mask = (1 << bits) - 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const byte = source[y * stride + Math.floor(x / perByte)]!;
      indices[y * width + x] = (byte >> (8 - bits * ((x % perByte) + 1))) & mask;
    }
  }
  return indices;
}

/** Run-length decoding of RLE8 and RLE4; pixels that no run reaches keep index 0. */
function expandRle(bytes: Uint8Array, { width, height, pixelsAt, compression }: BmpHeader): Uint8Array {
  const indices = new Uint8Array(width * height);
  const nibbles = compression === RLE4;
  let at = pixelsAt;
  let x = 0;
  let y = 0;
  const put = (value: number): void => {
    if (x < width && y < height) indices[y * width + x] = value;
    x++;
  };
  const nth = (pair: number, i: number): number => (nibbles ? (i % 2 === 0 ? pair >> 4 : pair & 15) : pair);
  while (at + 1 < bytes.length && y < height) {
    const count = bytes[at++]!;
    const value = bytes[at++]!;
    if (count > 0) {
      for (let i = 0; i < count; i++) put(nth(value, i));
    } else if (value === 0) {
      x = 0;
      y++;
    } else if (value === 1) {
      break;
    } else if (value === 2) {
      x += bytes[at++] ?? 0;
      y += bytes[at++] ?? 0;
    } else {
      const run = nibbles ? Math.ceil(value / 2) : value;
      for (let i = 0; i < value; i++) put(nth(bytes[at + (nibbles ? i >> 1 : i)] ?? 0, i));
      at += run + (run % 2);
    }
  }
  return indices;
}

function isGrayPalette(palette: Uint8Array): boolean {
  for (let i = 0; i < palette.length; i += 3) {
    if (palette[i] !== palette[i + 1] || palette[i] !== palette[i + 2]) return false;
  }
  return true;
}

function toRaster(header: BmpHeader, indices: Uint8Array, stride: number): Raster {
  const { width, height, palette, topDown } = header;
  const channels = isGrayPalette(palette) ? 1 : 3;
  const data = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    const row = (topDown ? y : height - 1 - y) * stride;
    for (let x = 0; x < width; x++) {
      const entry = 3 * indices[row + x]!;
      const at = (y * width + x) * channels;
      for (let c = 0; c < channels; c++) data[at + c] = palette[entry + c]!;
    }
  }
  return { data, width, height, channels };
}

function fromDirectColour(source: Uint8Array, header: BmpHeader, stride: number): Raster {
  const { width, height, bits, masks, topDown } = header;
  const data = new Uint8Array(width * height * 3);
  const bytesPerPixel = bits / 8;
  const shifts = masks.map((mask) => (mask === 0 ? 0 : 31 - Math.clz32(mask & -mask)));
  const maxima = masks.map((mask, c) => mask >>> shifts[c]! || 1);
  for (let y = 0; y < height; y++) {
    const row = (topDown ? y : height - 1 - y) * stride;
    for (let x = 0; x < width; x++) {
      const from = row + x * bytesPerPixel;
      const to = (y * width + x) * 3;
      if (bits === 24) {
        data[to] = source[from + 2]!;
        data[to + 1] = source[from + 1]!;
        data[to + 2] = source[from]!;
        continue;
      }
      let pixel = source[from]! | (source[from + 1]! << 8);
      if (bits === 32) pixel |= (source[from + 2]! << 16) | (source[from + 3]! << 24);
      for (let c = 0; c < 3; c++) {
        const level = (pixel & masks[c]!) >>> shifts[c]!;
        data[to + c] = Math.round((255 * level) / maxima[c]!);
      }
    }
  }
  return { data, width, height, channels: 3 };
}
