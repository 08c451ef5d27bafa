import type { FloatRaster } from '../image/raster.ts';
import { spreadGreatest } from '../image/spread-greatest.ts';
import type { InkComponents } from './ink-components.ts';
import { findHalfStep } from './half-step.ts';
import { ascending } from '../../shared/ascending.ts';
import type { TraceRow } from './trace-row.ts';
import type { CalibrationPulse } from './layout.ts';
import { tracePulseLeg } from './trace-pulse-leg.ts';

/** Widths of the plateau that can belong to a pulse of 0.05 to 0.2 s at 12.5 to 50 mm/s. */
const MIN_WIDTH_MM = 1.6;
const MAX_WIDTH_MM = 11.5;
/** Heights of 1 mV at 5 to 20 mm/mV, with some slack. */
const MIN_HEIGHT_MM = 3.8;
const MAX_HEIGHT_MM = 22.5;
/** Legs must agree in length to this share of the longer one. */
const LEG_AGREEMENT = 0.22;
/** How much further apart its legs may stand below than above; waves are wider at their feet. */
const MAX_SPLAY_MM = 1.2;
/** How far the foot may be from the baseline of its row. */
const MAX_FOOT_OFF_MM = 4.5;
/** How far inside the ends of its row a pulse may stand. */
const MAX_FROM_END_MM = 25;
/** A canonical page reaches up to a large box beyond the picture, or the paper: there a pulse may be cut with blank paper beside it. */
const EDGE_MM = 1.5;
const BEYOND_MM = 6.5;
/** Pulses of different rows stand above each other. */
const ALIGN_MM = 4;
/** A pulse that one row alone shows, of several, is at least this wide: complexes can look like narrow ones. */
const LONE_WIDTH_MM = 2.2;
const SEVERAL_ROWS = 3;
/** Coverage of ink. */
const INKED = 0.4;
/** Strokes up to this width may be frayed, pixels, and by what share the pulses drawn with them may differ in size. */
const FRAYED_PX = 2.5;
const ALIKE = 0.12;
const PLAY_PX = 4;
/** Gaps in the plateau of such a pulse, millimetres. */
const FRAYED_GAP_MM = 0.5;

/** Where the paper begins and ends, canonical pixels. */
export interface PaperEdges {
  readonly x0: number;
  readonly x1: number;
}

/** A pulse with the centre lines of its legs at the plateau, canonical pixels. */
export interface DetectedPulse extends CalibrationPulse {
  readonly leftX: number;
  readonly rightX: number;
}

interface Candidate extends DetectedPulse {
  readonly score: number;
  /** Cut by what only seems to be the edge of the picture: to be believed where pulses of other rows are cut too. */
  readonly isLoose: boolean;
}

/**
 * Finds calibration pulses: a flat plateau with free paper above and inside, two upright legs of equal length (one,
 * where the page's edge cuts the pulse), and feet on the baseline of a row. Keeps those that stand in one column.
 *
 * @param paper where the paper lies on the page, all of which it is when absent
 */
export function findPulses(
  coverage: FloatRaster,
  components: InkComponents,
  rows: readonly TraceRow[],
  pxPerMm: number,
  strokeWidthPx: number,
  paper: PaperEdges = { x0: 0, x1: coverage.width },
): DetectedPulse[] {
  const consider = (ink: FloatRaster, plateaus: Iterable<Plateau>, strokePx: number): DetectedPulse[] => {
    const found: Candidate[] = [];
    for (const plateau of plateaus) {
      const width = plateau.x1 - plateau.x0;
      if (width < MIN_WIDTH_MM * pxPerMm || width > MAX_WIDTH_MM * pxPerMm) continue;
      const candidate = examine(ink, plateau, rows, pxPerMm, strokePx, paper);
      if (candidate !== null) found.push(candidate);
    }
    found.sort((a, b) => b.score - a.score);
    const perRow: Candidate[] = [];
    for (const pulse of found) {
      if (perRow.every((other) => other.row !== pulse.row || other.side !== pulse.side)) perRow.push(pulse);
    }
    return keepAligned(perRow, rows.length, pxPerMm);
  };
  const pulses = consider(coverage, runsOf(components), strokeWidthPx);
  if (pulses.length >= rows.length || strokeWidthPx > FRAYED_PX) return pulses;
  // A copier frays thin lines, so that no row of pixels holds the whole of one.
  const mended = { ...coverage, data: coverage.data.slice() };
  spreadGreatest(mended.data, mended.width, mended.height);
  const frayed = consider(mended, inkRuns(mended, Math.round(FRAYED_GAP_MM * pxPerMm)), strokeWidthPx + 2);
  // Where a frayed line may have gaps, complexes can look like a pulse here and there: most rows have to show one.
  const isMost = frayed.length > Math.max(1, pulses.length) && 2 * frayed.length > rows.length;
  return isMost && areAlike(frayed, pxPerMm) ? frayed : pulses;
}

/** A level stroke: row and columns from `x0` up to `x1`. */
interface Plateau {
  readonly y: number;
  readonly x0: number;
  readonly x1: number;
}

function* runsOf({ runCount, runX0, runX1, runY }: InkComponents): Generator<Plateau> {
  for (let k = 0; k < runCount; k++) yield { y: runY[k], x0: runX0[k], x1: runX1[k] };
}

function* inkRuns({ data, width, height }: FloatRaster, gapPx: number): Generator<Plateau> {
  for (let y = 0; y < height; y++) {
    let [x0, x1] = [-1, -1];
    for (let x = 0; x < width; x++) {
      if (data[y * width + x]! < INKED) continue;
      if (x0 >= 0 && x - x1 > gapPx) {
        yield { y, x0, x1 };
        x0 = -1;
      }
      if (x0 < 0) x0 = x;
      x1 = x + 1;
    }
    if (x0 >= 0) yield { y, x0, x1 };
  }
}

/** Whether pulses have one size, as far as frayed legs tell. */
function areAlike(pulses: readonly DetectedPulse[], pxPerMm: number): boolean {
  const middle = (values: number[]): number => values.sort(ascending)[values.length >> 1]!;
  const height = middle(pulses.map(({ heightMm }) => heightMm));
  const width = middle(pulses.map(({ widthMm }) => widthMm));
  const play = Math.max(ALIKE * width, PLAY_PX / pxPerMm);
  return pulses.every(
    ({ heightMm, widthMm }) => Math.abs(heightMm / height - 1) < ALIKE && Math.abs(widthMm - width) <= play,
  );
}

function examine(
  coverage: FloatRaster,
  { y, x0: left, x1 }: Plateau,
  rows: readonly TraceRow[],
  pxPerMm: number,
  strokeWidthPx: number,
  paper: PaperEdges,
): Candidate | null {
  const right = x1 - 1;
  const inset = Math.min(Math.ceil(strokeWidthPx + 0.15 * (right - left)), (right - left) >> 1);
  if (
    inkShare(coverage, left + inset, right - inset + 1, y - Math.ceil(strokeWidthPx + 0.5 * pxPerMm)) > 0.1
  ) {
    return null;
  }
  const below = Math.ceil(strokeWidthPx + 0.8 * pxPerMm);
  for (let j = 0; j < 4; j++) {
    const dy = below + Math.round(j * 0.6 * pxPerMm);
    if (inkShare(coverage, left + inset, right - inset + 1, y + dy) > 0.12) return null;
  }
  const fromRight = coverage.width - 1 - right;
  const beyond = BEYOND_MM * pxPerMm;
  const cutLeft =
    left <= EDGE_MM * pxPerMm || (left - paper.x0 <= beyond && isBlankBeyond(coverage, 0, left, y, pxPerMm));
  const cutRight =
    fromRight <= EDGE_MM * pxPerMm ||
    (paper.x1 - right <= beyond + 1 && isBlankBeyond(coverage, right + 1, coverage.width, y, pxPerMm));
  const legLeft = tracePulseLeg(coverage, left, y, pxPerMm);
  const legRight = tracePulseLeg(coverage, right, y, pxPerMm);
  const longer = Math.max(legLeft.length, legRight.length);
  const shorter = Math.min(legLeft.length, legRight.length);
  if (longer < MIN_HEIGHT_MM * pxPerMm || longer > MAX_HEIGHT_MM * pxPerMm) return null;
  const open = (cutLeft && legLeft.length < longer) || (cutRight && legRight.length < longer);
  let last = { leg: legRight, x: right };
  if (!open && longer - shorter > Math.max(LEG_AGREEMENT * longer, pxPerMm)) {
    const step = findHalfStep(coverage, legLeft, legRight, right, right - left, strokeWidthPx, pxPerMm);
    if (step === null) return null;
    last = step;
  }
  const splay = left - legLeft.x0 + (last.leg.x1 - 1 - last.x);
  if (splay > MAX_SPLAY_MM * pxPerMm + strokeWidthPx) return null;
  const plateau = plateauCentre(coverage, left + inset, right - inset + 1, y, strokeWidthPx);
  const ends: number[] = [];
  if (!open || legLeft.length === longer) ends.push(legLeft.endY);
  if (!open || legRight.length === longer) ends.push(last.leg.endY);
  const footEdge = ends.reduce((sum, v) => sum + v, 0) / ends.length;
  const footY = footEdge - strokeWidthPx / 2;
  let row = -1;
  let off = MAX_FOOT_OFF_MM * pxPerMm;
  rows.forEach((r, i) => {
    const distance = Math.abs(r.baselineY - footY);
    if (distance < off) {
      off = distance;
      row = i;
    }
  });
  if (row < 0) return null;
  const boxX0 = Math.min(left, legLeft.x0);
  const boxX1 = Math.max(x1, last.leg.x1);
  const centre = (boxX0 + boxX1) / 2;
  const fromEnd = Math.min(Math.abs(centre - rows[row].x0), Math.abs(rows[row].x1 - centre));
  if (fromEnd > MAX_FROM_END_MM * pxPerMm) return null;
  return {
    box: { x0: boxX0, y0: Math.floor(plateau - strokeWidthPx / 2), x1: boxX1, y1: Math.ceil(footEdge) },
    heightMm: (footY - plateau) / pxPerMm,
    widthMm: (right - left + 1 - strokeWidthPx) / pxPerMm,
    row,
    side: centre < (rows[row].x0 + rows[row].x1) / 2 ? 'left' : 'right',
    leftX: left + (strokeWidthPx - 1) / 2,
    rightX: last.x - (strokeWidthPx - 1) / 2,
    score: longer + shorter - 2 * off,
    isLoose: open && Math.min(left, fromRight) > EDGE_MM * pxPerMm,
  };
}

/** Whether the columns from `x0` up to `x1` are blank around the pulse at `y`. */
function isBlankBeyond(coverage: FloatRaster, x0: number, x1: number, y: number, pxPerMm: number): boolean {
  // The plateau's own soft end is not looked at.
  const from = x0 === 0 ? 0 : x0 + 2;
  const to = x0 === 0 ? x1 - 2 : x1;
  const last = Math.min(coverage.height, y + Math.ceil(MAX_HEIGHT_MM * pxPerMm));
  for (let row = Math.max(0, y - Math.ceil(pxPerMm)); row < last; row++) {
    for (let x = from; x < to; x++) if (coverage.data[row * coverage.width + x] >= INKED) return false;
  }
  return true;
}

/** Share of ink on row `y` from column `x0` up to `x1`; paper outside the page is blank. */
function inkShare(coverage: FloatRaster, x0: number, x1: number, y: number): number {
  if (y < 0 || y >= coverage.height || x1 <= x0) return 0;
  let ink = 0;
  for (let x = x0; x < x1; x++) if (coverage.data[y * coverage.width + x] >= INKED) ink++;
  return ink / (x1 - x0);
}

function plateauCentre(
  coverage: FloatRaster,
  x0: number,
  x1: number,
  y: number,
  strokeWidthPx: number,
): number {
  const reach = Math.ceil(1.5 * strokeWidthPx + 1);
  let mass = 0;
  let moment = 0;
  for (let j = Math.max(0, y - reach); j <= Math.min(coverage.height - 1, y + reach); j++) {
    for (let x = x0; x < x1; x++) {
      const value = coverage.data[j * coverage.width + x];
      mass += value;
      moment += value * j;
    }
  }
  return mass > 0 ? moment / mass : y;
}

/** Drops pulses that stand apart from the column most of their side share. */
function keepAligned(pulses: readonly Candidate[], rowCount: number, pxPerMm: number): DetectedPulse[] {
  const sides: Candidate[][] = [];
  for (const side of ['left', 'right'] as const) {
    const onSide = pulses.filter((p) => p.side === side);
    let best: Candidate[] = [];
    for (const anchor of onSide) {
      const near = onSide.filter((p) => Math.abs(p.box.x1 - anchor.box.x1) <= ALIGN_MM * pxPerMm);
      if (near.length > best.length) best = near;
    }
    const least = rowCount >= SEVERAL_ROWS ? LONE_WIDTH_MM : 0;
    sides.push(best.length > 1 ? best : best.filter((p) => !p.isLoose && p.widthMm >= least));
  }
  const most = Math.max(sides[0].length, sides[1].length);
  return sides
    .filter((side) => 2 * side.length >= most)
    .flat()
    .map(({ box, heightMm, widthMm, row, side, leftX, rightX }) => {
      return { box, heightMm, widthMm, row, side, leftX, rightX };
    })
    .sort((a, b) => a.row - b.row);
}
