import type { Raster } from '../../core/image/raster.ts';
import type { DicomPalette } from './dicom-palette.ts';

/** How the samples of an uncompressed DICOM frame are stored. */
export interface DicomPixels {
  readonly width: number;
  readonly height: number;
  readonly samples: 1 | 3;
  readonly bytesPerSample: 1 | 2;
  /** Three colour planes one after the other instead of interleaved triples. */
  readonly planar: boolean;
  /** High values are dark (MONOCHROME1). */
  readonly inverted: boolean;
  readonly signed: boolean;
  readonly storedBits: number;
  /** Stored values shown as black and white; null: the range of the frame. */
  readonly window: { readonly low: number; readonly high: number } | null;
  readonly palette: DicomPalette | null;
}

/** Turns one little-endian frame into 8-bit gray or RGB. */
export function dicomToRaster(source: Uint8Array, pixels: DicomPixels): Raster {
  const { width, height } = pixels;
  if (pixels.samples === 3) return { data: interleave(source, pixels), width, height, channels: 3 };
  const values = storedValues(source, pixels);
  if (pixels.palette) return { data: lookUp(values, pixels.palette), width, height, channels: 3 };
  return { data: toGray(values, pixels), width, height, channels: 1 };
}

function interleave(source: Uint8Array, { planar, width, height }: DicomPixels): Uint8Array {
  // A copy of its own: slices of a Node buffer share memory.
  if (!planar) return new Uint8Array(source);
  const count = width * height;
  const data = new Uint8Array(3 * count);
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < 3; c++) data[3 * i + c] = source[c * count + i]!;
  }
  return data;
}

function storedValues(source: Uint8Array, { bytesPerSample, storedBits, signed }: DicomPixels): Int32Array {
  const count = source.length / bytesPerSample;
  const values = new Int32Array(count);
  const mask = 2 ** storedBits - 1;
  const sign = 2 ** (storedBits - 1);
  for (let i = 0; i < count; i++) {
    const raw = bytesPerSample === 2 ? source[2 * i]! | (source[2 * i + 1]! << 8) : source[i]!;
    const value = raw & mask;
    values[i] = signed && value >= sign ? value - 2 * sign : value;
  }
  return values;
}

function lookUp(values: Int32Array, { first, rgb }: DicomPalette): Uint8Array {
  const data = new Uint8Array(3 * values.length);
  const last = rgb.length / 3 - 1;
  for (let i = 0; i < values.length; i++) {
    const entry = 3 * Math.min(last, Math.max(0, values[i]! - first));
    for (let c = 0; c < 3; c++) data[3 * i + c] = rgb[entry + c]!;
  }
  return data;
}

function toGray(values: Int32Array, { window, inverted, bytesPerSample }: DicomPixels): Uint8Array {
  let low = 0;
  let high = 255;
  if (window) {
    ({ low, high } = window);
  } else if (bytesPerSample === 2) {
    low = Infinity;
    high = -Infinity;
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  const scale = 255 / Math.max(1, high - low);
  const data = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const level = Math.min(255, Math.max(0, Math.round((values[i]! - low) * scale)));
    data[i] = inverted ? 255 - level : level;
  }
  return data;
}
