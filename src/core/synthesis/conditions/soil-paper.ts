import type { Box, Raster } from '../../image/raster.ts';
import { paintSegment, type CoveragePlane } from '../page/paint-strokes.ts';
import type { Random } from '../random.ts';
import { createSmoothNoise } from '../smooth-noise.ts';
import type { PageConditions } from './page-conditions.ts';

/** What highlighters take from red, green and blue. */
const MARKERS = [
  [0, 0.02, 0.6],
  [0.02, 0.45, 0.25],
  [0.5, 0.02, 0.35],
  [0.45, 0.1, 0],
] as const;
const MOULD = [0.55, 0.5, 0.6] as const;

/** A part of a flat page: its pixels, where it lies on the page, and the scale. */
export interface PaperPart {
  readonly picture: Raster;
  /** The part in pixels of the whole page. */
  readonly frame: Box;
  /** Size of the whole flat page, pixels. */
  readonly full: { readonly width: number; readonly height: number };
  readonly paperMm: readonly [number, number];
  readonly pxPerMm: number;
}

/** Mould, highlighter, scratches and specks on a part of a flat RGB page, in place. */
export function soilPaper(part: PaperPart, conditions: PageConditions, random: Random): void {
  const { mould = 0, highlights = 0, scratches = 0, specks = 0 } = conditions;
  if (mould + highlights + scratches + specks === 0) return;
  const { width, height } = part.picture;
  const plane = { data: new Uint8Array(width * height), width, height };
  for (let k = 0; k < highlights; k++) highlight(part, plane, random.fork(`highlight${k}`));
  for (let k = 0; k < mould; k++) growMould(part, plane, random.fork(`mould${k}`));
  for (let k = 0; k < scratches; k++) scratch(part, plane, random.fork(`scratch${k}`));
  if (specks > 0) sprinkle(part, plane, specks, random.fork('specks'));
}

/** Draws a line on the plane, page millimetres. */
function line(
  { frame, pxPerMm }: PaperPart,
  plane: CoveragePlane,
  points: readonly number[],
  widthMm: number,
  softnessMm: number,
): void {
  for (let k = 2; k < points.length; k += 2) {
    paintSegment(
      plane,
      points[k - 2]! * pxPerMm - frame.x0,
      points[k - 1]! * pxPerMm - frame.y0,
      points[k]! * pxPerMm - frame.x0,
      points[k + 1]! * pxPerMm - frame.y0,
      (widthMm * pxPerMm) / 2,
      Math.max(1, softnessMm * pxPerMm),
    );
  }
}

/** Multiplies the picture by what `absorbed` leaves of each colour and empties the plane. */
function soak({ picture }: PaperPart, plane: CoveragePlane, absorbed: readonly number[]): void {
  const { data } = picture;
  const [r, g, b] = absorbed as [number, number, number];
  for (let i = 0, p = 0; i < plane.data.length; i++, p += 3) {
    const amount = plane.data[i]!;
    if (amount === 0) continue;
    const share = amount / 255;
    data[p] = Math.min(255, data[p]! * (1 - r * share));
    data[p + 1] = Math.min(255, data[p + 1]! * (1 - g * share));
    data[p + 2] = Math.min(255, data[p + 2]! * (1 - b * share));
  }
  plane.data.fill(0);
}

function highlight(part: PaperPart, plane: CoveragePlane, random: Random): void {
  const [width, height] = part.paperMm;
  const x = random.uniform(0.05, 0.8) * width;
  const y = random.uniform(0.05, 0.95) * height;
  const length = random.uniform(10, 70);
  const steep = random.chance(0.2) ? random.uniform(-0.6, 0.6) : random.normal(0, 0.03);
  line(part, plane, [x, y, x + length, y + steep * length], random.uniform(3, 7), 0.4);
  const strength = random.uniform(0.5, 1);
  soak(
    part,
    plane,
    random.pick(MARKERS).map((value) => value * strength),
  );
}

function growMould(part: PaperPart, plane: CoveragePlane, random: Random): void {
  const [width, height] = part.paperMm;
  const cx = random.uniform(0, width);
  const cy = random.uniform(0, height);
  const reach = random.uniform(6, 35);
  const count = random.integer(20, 130);
  for (let k = 0; k < count; k++) {
    const x = cx + random.normal(0, reach / 2);
    const y = cy + random.normal(0, reach / 2);
    const size = Math.exp(random.normal(-0.7, 0.7));
    line(part, plane, [x, y, x, y], size, size * 0.8);
  }
  const strength = random.uniform(0.2, 0.8);
  soak(
    part,
    plane,
    MOULD.map((value) => value * strength),
  );
}

function scratch(part: PaperPart, plane: CoveragePlane, random: Random): void {
  const [width, height] = part.paperMm;
  const angle = random.uniform(0, Math.PI);
  const x = random.uniform(0, width);
  const y = random.uniform(0, height);
  const sway = createSmoothNoise(random, 30);
  const points: number[] = [];
  for (let t = -400; t <= 400; t += 4) {
    const off = random.normal(0, 0.08) + sway(t, 0);
    points.push(
      x + t * Math.cos(angle) - off * Math.sin(angle),
      y + t * Math.sin(angle) + off * Math.cos(angle),
    );
  }
  line(part, plane, points, random.uniform(0.15, 0.9), random.uniform(0.2, 1.2));
  const depth = random.chance(0.6) ? -random.uniform(0.05, 0.35) : random.uniform(0.05, 0.4);
  soak(part, plane, [depth, depth, depth]);
}

function sprinkle(part: PaperPart, plane: CoveragePlane, perSquareDecimetre: number, random: Random): void {
  const [width, height] = part.paperMm;
  const count = Math.round((perSquareDecimetre * width * height) / 1e4);
  for (let k = 0; k < count; k++) {
    const x = random.uniform(0, width);
    const y = random.uniform(0, height);
    const size = Math.min(1.5, 0.12 * Math.exp(random.normal(0, 0.5)));
    line(part, plane, [x, y, x + random.normal(0, 0.1), y + random.normal(0, 0.1)], size, 0.1);
  }
  const dark = random.uniform(0.4, 0.95);
  soak(part, plane, [dark, dark, dark]);
}
