import { showsLightLines } from '../image/light-paper.ts';
import type { Raster } from '../image/raster.ts';
import { ascending } from '../../shared/ascending.ts';

/** What the entries of a style are, in their order. */
export const STYLE_ENTRIES = [
  'paper brightness',
  'paper red against green',
  'paper green against blue',
  'grid depth',
  'grid red against green',
  'grid green against blue',
  'ink depth',
  'ink red against green',
  'ink green against blue',
  'shade',
  'roughness',
  'black and white',
  'resolution',
  'proportions',
  'light on dark',
] as const;

/** Places looked at across and down, and the side of each, pixels. */
const PLACES = 14;
const SIDE_PX = 48;
/** Shares of a place's pixels that are at most as bright as its grid and as its ink. */
const GRID_SHARE = 0.12;
const INK_SHARE = 0.01;

/**
 * How a picture of a page looks, as numbers of which a difference of 1 is a large one: the colours of paper, grid and ink, how
 * evenly it is lit, how rough it is, whether anything lies between black and white, how fine and of what proportions it is.
 * Told from 196 places all over the picture, by medians, so that what is printed on it hardly counts. See `STYLE_ENTRIES`;
 * 15 ms whatever the size.
 */
export function pictureStyle(raster: Raster): Float32Array {
  const { width, height } = raster;
  const places: Place[] = [];
  const side = Math.min(SIDE_PX, width, height);
  for (let j = 0; j < PLACES; j++) {
    for (let i = 0; i < PLACES; i++) {
      const x0 = Math.round(((width - side) * (i + 0.5)) / PLACES);
      const y0 = Math.round(((height - side) * (j + 0.5)) / PLACES);
      places.push(lookAtPlace(raster, x0, y0, side));
    }
  }
  const paper = [0, 1, 2].map((c) =>
    quantile(
      places.map((place) => place.paper[c]!),
      0.5,
    ),
  );
  const grid = [0, 1, 2].map((c) =>
    quantile(
      places.map((place) => place.grid[c]!),
      0.5,
    ),
  );
  // Ink is found in few places of a sparse page.
  const ink = [0, 1, 2].map((c) =>
    quantile(
      places.map((place) => place.ink[c]!),
      0.75,
    ),
  );
  const levels = places.map(({ paper: [r, g, b] }) => (r! + g! + b!) / 3);
  return Float32Array.from([
    ...colour(paper, 1.5, 4),
    ...colour(grid, 4, 6),
    ...colour(ink, 1.5, 3),
    3 * (quantile(levels, 0.9) - quantile(levels, 0.1)),
    2 *
      Math.log10(
        1 +
          100 *
            quantile(
              places.map(({ roughness }) => roughness),
              0.5,
            ),
      ),
    quantile(
      places.map(({ extreme }) => extreme),
      0.5,
    ),
    0.25 * Math.log2(Math.max(width, height) / 2000),
    0.5 * Math.log2(width / height),
    showsLightLines(raster) ? 2 : 0,
  ]);
}

/** What a grid changes about how a page looks. */
const OF_GRID: readonly string[] = [
  'grid depth',
  'grid red against green',
  'grid green against blue',
  'roughness',
] satisfies (typeof STYLE_ENTRIES)[number][];

/** A style of which nothing is left that a grid makes: pages of one machine are alike by it, whether their grid shows or not. */
export function styleWithoutGrid(style: ArrayLike<number>): number[] {
  return Array.from(style, (entry, k) => (OF_GRID.includes(STYLE_ENTRIES[k]!) ? 0 : entry));
}

/** Distance of two styles; within about 0.5 pages look alike. */
export function styleDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k]! - b[k]!) ** 2;
  return Math.sqrt(sum);
}

interface Place {
  /** Brightness of the channels of paper, and how much grid and ink are darker, 0..1. */
  readonly paper: readonly number[];
  readonly grid: readonly number[];
  readonly ink: readonly number[];
  /** Mean difference of neighbours, 0..1. */
  readonly roughness: number;
  /** Share of pixels that are nearly black or nearly white. */
  readonly extreme: number;
}

function lookAtPlace({ data, width, channels }: Raster, x0: number, y0: number, side: number): Place {
  const counts = Array.from({ length: 3 }, () => new Uint32Array(256));
  let [rough, extreme] = [0, 0];
  for (let y = y0; y < y0 + side; y++) {
    let before = -1;
    for (let x = x0; x < x0 + side; x++) {
      const at = (y * width + x) * channels;
      const green = data[at + (channels === 3 ? 1 : 0)]!;
      for (let c = 0; c < 3; c++) counts[c]![data[at + (channels === 3 ? c : 0)]!]!++;
      if (before >= 0) rough += Math.abs(green - before);
      if (green < 8 || green > 247) extreme++;
      before = green;
    }
  }
  const count = side * side;
  const level = (channel: Uint32Array, share: number): number => {
    let left = share * count;
    let value = 0;
    for (; value < 255 && left > channel[value]!; value++) left -= channel[value]!;
    return value / 255;
  };
  const paper = counts.map((channel) => level(channel, 0.5));
  const darker = (share: number) => counts.map((channel, c) => paper[c]! - level(channel, share));
  return {
    paper,
    grid: darker(GRID_SHARE),
    ink: darker(INK_SHARE),
    roughness: rough / (255 * count),
    extreme: extreme / count,
  };
}

/** Brightness and two differences of colours, weighed. */
function colour([r, g, b]: readonly number[], bright: number, chroma: number): number[] {
  return [(bright * (r! + g! + b!)) / 3, chroma * (r! - g!), chroma * (g! - b!)];
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort(ascending);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}
