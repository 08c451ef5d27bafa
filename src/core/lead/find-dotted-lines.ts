import type { FloatRaster } from '../image/raster.ts';

/** A line of dots or short dashes down the page, between the columns of leads. Canonical pixels. */
export interface DottedLine {
  readonly x: number;
  /** Indices of the rows beside whose baselines it runs. */
  readonly rows: readonly number[];
  /** Share of its length there on which dots show, 0..1. */
  readonly share: number;
}

/** Length of the pieces that are looked at one by one, and how many of them above and below each baseline. */
const PIECE_MM = 2.5;
const PIECES = 4;
/** Ink of a dotted line in a piece, three columns wide: neither nothing nor a stroke. */
const LEAST_INK = 0.05;
const MOST_INK = 0.6;
/** Columns beside the line, from and to so many pixels away, show less than this share of its ink. */
const BESIDE_PX: readonly [number, number] = [4, 7];
const BESIDE_SHARE = 0.35;
/** Share of a row's pieces that must show dots. */
const LEAST_SHARE = 0.6;
/** Rows that a line must run past; complexes and stray dots line up in two. */
const LEAST_ROWS = 3;
/** Columns with this share of the dots of the best one beside them belong to the line. */
const OF_LINE = 0.8;
/** Lines nearer than this are one. */
const APART_MM = 3;
/** More of them than this are what is left of a grid. */
const MOST_LINES = 6;

/**
 * Finds dotted lines that run upright past at least three rows (all where there are fewer), as some printers draw between the columns of leads. Cost:
 * one reading of the raster.
 *
 * @param baselines row of 0 mV of each row of leads
 * @returns from left to right; none where there are so many that they are a grid
 */
export function findDottedLines(
  coverage: FloatRaster,
  baselines: readonly number[],
  pxPerMm: number,
): DottedLine[] {
  const { width } = coverage;
  const shares = baselines.map((baseline) => rowShares(coverage, baseline, pxPerMm));
  const strength = new Float32Array(width);
  for (const share of shares) {
    for (let x = 0; x < width; x++) if (share[x]! >= LEAST_SHARE) strength[x]! += share[x]!;
  }
  const lines: DottedLine[] = [];
  const apart = APART_MM * pxPerMm;
  for (let x = 0; x < width; x++) {
    const rows = [...shares.keys()].filter((row) => shares[row]![x]! >= LEAST_SHARE);
    if (rows.length < Math.min(LEAST_ROWS, baselines.length)) continue;
    const last = lines.at(-1);
    const isApart = !last || x - last.x > apart;
    if (!isApart && strength[x]! <= strength[Math.round(last.x)]!) continue;
    const line = { x, rows, share: strength[x]! / rows.length };
    if (isApart) lines.push(line);
    else lines[lines.length - 1] = line;
  }
  if (lines.length > MOST_LINES) return [];
  return lines.map((line) => ({ ...line, x: centreOf(strength, line.x) }));
}

/** Per column, the share of the pieces around a baseline in which dots show. */
function rowShares({ data, width, height }: FloatRaster, baseline: number, pxPerMm: number): Float32Array {
  const length = Math.max(1, Math.round(PIECE_MM * pxPerMm));
  const shares = new Float32Array(width);
  const sums = new Float32Array(width);
  for (let piece = -PIECES; piece < PIECES; piece++) {
    const top = Math.round(baseline) + piece * length;
    if (top < 0 || top + length > height) continue;
    sums.fill(0);
    for (let y = top; y < top + length; y++) {
      for (let x = 0; x < width; x++) sums[x]! += data[y * width + x]!;
    }
    vote(shares, sums, length, 1 / (2 * PIECES));
  }
  return shares;
}

/** Adds `worth` to the columns in which a piece `length` high shows dots. */
function vote(shares: Float32Array, sums: Float32Array, length: number, worth: number): void {
  const [near, far] = BESIDE_PX;
  for (let x = far; x < sums.length - far; x++) {
    const own = (sums[x - 1]! + sums[x]! + sums[x + 1]!) / (3 * length);
    // The soft edge of a solid line shows as little ink as dots do, but has more of it on one side.
    if (own < LEAST_INK || own > MOST_INK || sums[x]! < Math.max(sums[x - 2]!, sums[x + 2]!)) continue;
    let beside = 0;
    for (let off = near; off <= far; off++) beside += sums[x - off]! + sums[x + off]!;
    if (beside / (2 * (far - near + 1) * length) < BESIDE_SHARE * own) shares[x]! += worth;
  }
}

/** Middle of the columns around `x` that are nearly as strong. */
function centreOf(strength: Float32Array, x: number): number {
  const limit = OF_LINE * strength[x]!;
  let from = x;
  let to = x;
  while (from > 0 && strength[from - 1]! >= limit) from--;
  while (to + 1 < strength.length && strength[to + 1]! >= limit) to++;
  return (from + to) / 2;
}
