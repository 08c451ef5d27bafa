import type { Raster } from './raster.ts';
import { ascending } from '../../shared/ascending.ts';

/** Brightness up to which a ground can be dark at all: unevenly lit screens reach 100. */
const DARKEST_PAPER = 120;
/** Lines of pixels that are looked at across and down, and the share of their length that one line's surroundings take. */
const LOOKS = 96;
const AROUND_SHARE = 1 / 120;
/** Skew from which detail is lighter than its ground: paper under any light has -2 and less, screens 2 and more. */
const LIGHT_DETAIL = 0.5;
/** Share of pixels that may be brighter than what becomes black, and how much a dim picture is brought up at most. */
const BRIGHTEST_SHARE = 0.002;
const MOST_GAIN = 4;

/**
 * The page with dark lines on light ground: the raster itself, or its negative where it shows light lines on dark ground (a
 * monitor, a negative film), brought up so that its brightest lines become black. Geometry stays as it is.
 *
 * What is told from a dim photograph of paper, or of paper on a dark desk, by the third moment of the detail: lines are few
 * and far from their ground, so its sign says on which side of it they lie. 20 ms for 2200x1700, another 20 ms for a negative.
 */
export function lightPaper(raster: Raster): Raster {
  return showsLightLines(raster) ? negative(raster) : raster;
}

/** Whether a raster shows light lines on dark ground. */
export function showsLightLines(raster: Raster): boolean {
  const { width, height } = raster;
  if (medianBrightness(raster) > DARKEST_PAPER) return false;
  const radius = Math.max(2, Math.round(Math.max(width, height) * AROUND_SHARE));
  const sums = { second: 0, third: 0, count: 0 };
  for (let k = 0; k < LOOKS; k++) {
    addDetail(sums, profile(raster, Math.floor(((k + 0.5) * height) / LOOKS), 'across'), radius);
    addDetail(sums, profile(raster, Math.floor(((k + 0.5) * width) / LOOKS), 'down'), radius);
  }
  const variance = sums.second / Math.max(1, sums.count);
  return variance > 0 && sums.third / sums.count / variance ** 1.5 > LIGHT_DETAIL;
}

function medianBrightness({ data, channels }: Raster): number {
  const values: number[] = [];
  const step = channels * Math.max(1, Math.floor(data.length / channels / 20_000));
  for (let at = 0; at < data.length; at += step) values.push(brightness(data, at, channels));
  return values.sort(ascending)[values.length >> 1] ?? 255;
}

function brightness(data: Raster['data'], at: number, channels: number): number {
  return channels === 1 ? data[at]! : (data[at]! + data[at + 1]! + data[at + 2]!) / 3;
}

function profile({ data, width, height, channels }: Raster, line: number, way: 'across' | 'down') {
  const length = way === 'across' ? width : height;
  const out = new Float32Array(length);
  for (let k = 0; k < length; k++) {
    const at = way === 'across' ? line * width + k : k * width + line;
    out[k] = brightness(data, at * channels, channels);
  }
  return out;
}

/** Adds what stands out of the mean of its surroundings; edges of paper step as far up as down and cancel out. */
function addDetail(
  sums: { second: number; third: number; count: number },
  values: Float32Array,
  radius: number,
): void {
  const { length } = values;
  const size = 2 * radius + 1;
  if (length < size) return;
  let sum = 0;
  for (let k = 0; k < size; k++) sum += values[k]!;
  for (let k = radius; k + radius < length; k++) {
    const detail = values[k]! - sum / size;
    sums.second += detail * detail;
    sums.third += detail * detail * detail;
    sums.count++;
    if (k + radius + 1 < length) sum += values[k + radius + 1]! - values[k - radius]!;
  }
}

function negative(raster: Raster): Raster {
  const { data } = raster;
  const counts = new Uint32Array(256);
  for (let at = 0; at < data.length; at += 7) counts[data[at]!]!++;
  let left = (BRIGHTEST_SHARE * data.length) / 7;
  let brightest = 255;
  for (; brightest > 1 && left > counts[brightest]!; brightest--) left -= counts[brightest]!;
  const gain = Math.min(MOST_GAIN, 255 / brightest);
  const table = Uint8Array.from({ length: 256 }, (_, value) => Math.max(0, Math.round(255 - value * gain)));
  const out = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at++) out[at] = table[data[at]!]!;
  return { ...raster, data: out };
}
