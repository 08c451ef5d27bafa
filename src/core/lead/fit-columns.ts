import { columnOfLabel } from './column-of-label.ts';
import { USUAL_CELLS_MM } from './usual-cells.ts';
import type { SeparatorColumn } from './find-separators.ts';

/** A printed label or label-like word that belongs to a row. Canonical pixels. */
export interface ColumnMark {
  readonly row: number;
  /** Left and right edge of the word. */
  readonly x: number;
  readonly endX: number;
  /** Trust that this is a lead label, 0..1. */
  readonly weight: number;
  /** How much this label speaks against columns that have no place for it, 0..1. */
  readonly stray: number;
  /** Whether it cannot be taken for another name or for a stroke of a trace. */
  readonly isSure: boolean;
  /** Trust that this is the label of column c of its row, 0..1. */
  readonly byColumn: readonly number[];
}

/** What is known about the columns before they are fitted. All lengths are canonical pixels. */
export interface ColumnEvidence {
  readonly separators: readonly SeparatorColumn[];
  readonly labels: readonly ColumnMark[];
  /** Extent of the trace. */
  readonly x0: number;
  readonly x1: number;
  /** Whether the ends of the extent are ends of the print, not of the page. */
  readonly freeLeft: boolean;
  readonly freeRight: boolean;
  /** Share of the rows that begin at `x0`, and end at `x1`. */
  readonly agreeLeft: number;
  readonly agreeRight: number;
  /** Whether each row is divided into columns (the others are rhythm rows). */
  readonly divided: readonly boolean[];
  readonly pxPerMm: number;
  /** Whether the page shows no grid: its columns tell the scale, no scale tells their usual width. */
  readonly isScaleAssumed?: boolean;
}

/** Columns of equal width: column k reaches from `origin + k * width` to `origin + (k + 1) * width`. */
export interface ColumnFit {
  readonly count: number;
  readonly origin: number;
  readonly width: number;
  /** How well separators and labels agree with the columns; comparable between counts. */
  readonly score: number;
  /** Share of interior boundaries with separators, 0..1. */
  readonly separated: number;
  /** Share of cells whose label stands where the others stand, 0..1. */
  readonly labelled: number;
  /** Common distance from a cell's left edge to the left edge of its label, or to its right edge where names stand before. */
  readonly labelOffset: number;
  /** Whether names stand before their cells, over the end of the lead before, see `columnOfLabel`. */
  readonly labelsBefore: boolean;
}

/** Bounds on the search. */
const MAX_SEPARATORS = 16;
const MAX_WIDTHS = 60;
const MAX_TRIALS = 240;
const MAX_LABELS = 30;
/** How far the columns may be from what the measured extent says, as a share of a column: dirt beyond the trace misleads. */
const MAX_END_OFF = 0.75;
const MAX_WIDTH_OFF = 0.25;
/** The same where both ends of the print are seen in most rows: complexes a beat apart make no other columns then. */
const KNOWN_WIDTH_OFF = 0.05;
/** How near the ways between sure names must come to a usual width, as a share of it, and how many must be known. */
const PITCH_OFF = 0.02;
const LEAST_PAIRS = 3;
/** Labels less trusted than this are ignored, and than that set no common offset. */
const MIN_LABEL_WEIGHT = 0.12;
const MIN_ANCHOR_WEIGHT = 0.3;
/** Labels usually stand this far from the left edge of their cell, millimetres; more is paid for. */
const USUAL_OFFSET_MM: readonly [number, number] = [-2, 4];
const ODD_OFFSET_PER_MM = 0.06;
const MAX_ODD_MM = 9;
/** Price of a sure label that has no place in the columns. */
const STRAY_PRICE = 0.45;
/** How near marks must be to count, millimetres. */
const SEPARATOR_TOLERANCE_MM = 1;
const LABEL_TOLERANCE_MM = 1.6;
/** More columns than any row has. */
const KEYS_PER_ROW = 16;
const LABEL_OFFSET_MM: readonly [number, number] = [-4, 22];
/** Where the rows are one column names may stand wholly before them. */
const BEFORE_ROW_MM = -10;

/** Names before their cells end this far from them, millimetres; the price of such a print, which is rare. */
const BEFORE_END_MM: readonly [number, number] = [-5, 0.5];
const BEFORE_PRICE = 0.15;

/** A column of separators with its say in the fit. */
interface WeighedSeparator {
  readonly x: number;
  readonly strength: number;
}

/** Columns with everything scored but the labels. */
interface Trial {
  readonly origin: number;
  readonly width: number;
  readonly base: number;
  readonly separated: number;
}

/**
 * Fits `count` equal columns to the evidence: tries the widths and origins that separators, labels, usual lengths and
 * the ends of the trace suggest, then weighs the labels for the most promising.
 */
export function fitColumns(evidence: ColumnEvidence, count: number): ColumnFit {
  const { x0, x1 } = evidence;
  const separators = weighSeparators(evidence);
  const labels = evidence.labels
    .filter((l) => l.weight >= MIN_LABEL_WEIGHT)
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MAX_LABELS);
  const trials: Trial[] = [];
  const seen = new Set<number>();
  for (const width of suggestWidths(evidence, separators, labels, count)) {
    for (const origin of suggestOrigins(evidence, separators, labels, count, width)) {
      const leftOff = Math.abs(origin - x0);
      const rightOff = Math.abs(origin + count * width - x1);
      if (leftOff > MAX_END_OFF * width || rightOff > MAX_END_OFF * width) continue;
      const key = Math.round(width) * 65536 + Math.round(origin);
      if (seen.has(key)) continue;
      seen.add(key);
      trials.push(tryColumns(evidence, separators, count, origin, width));
    }
  }
  if (trials.length === 0) trials.push(tryColumns(evidence, separators, count, x0, (x1 - x0) / count));
  trials.sort(byBase);
  let best: ColumnFit | null = null;
  for (const trial of trials.slice(0, MAX_TRIALS)) {
    const found = scoreLabels(labels, evidence, count, trial.origin, trial.width);
    const { labelled, labelOffset, labelsBefore, stray } = found;
    const offsetMm = labelOffset / evidence.pxPerMm;
    const odd = Math.min(
      MAX_ODD_MM,
      Math.max(0, USUAL_OFFSET_MM[0] - offsetMm, offsetMm - USUAL_OFFSET_MM[1]),
    );
    const oddPrice = labelsBefore ? BEFORE_PRICE : ODD_OFFSET_PER_MM * Math.min(1, 2 * labelled) * odd;
    const score = trial.base + 2.5 * labelled - STRAY_PRICE * stray - oddPrice;
    if (best === null || score > best.score) {
      const { origin, width, separated } = trial;
      best = { count, origin, width, score, separated, labelled, labelOffset, labelsBefore };
    }
  }
  return best as ColumnFit;
}

function weighSeparators(evidence: ColumnEvidence): WeighedSeparator[] {
  const { divided } = evidence;
  const dividedRows = Math.max(1, divided.filter(Boolean).length);
  return evidence.separators
    .map((s) => {
      const inside = s.rows.filter((r) => divided[r]).length;
      const outside = s.rows.length - inside;
      return {
        x: s.x,
        strength: inside < 2 && dividedRows > 1 ? 0 : s.quality * (inside / dividedRows - 0.5 * outside),
      };
    })
    .filter((s) => s.strength > 0.05)
    .sort((a, b) => b.strength - a.strength)
    .slice(0, MAX_SEPARATORS);
}

function suggestWidths(
  evidence: ColumnEvidence,
  separators: readonly WeighedSeparator[],
  labels: readonly ColumnMark[],
  count: number,
): Set<number> {
  const whole = evidence.x1 - evidence.x0;
  const widths = new Set<number>([whole / count]);
  const known =
    evidence.freeLeft && evidence.freeRight && Math.min(evidence.agreeLeft, evidence.agreeRight) > 0.6;
  const slack = known ? KNOWN_WIDTH_OFF : MAX_WIDTH_OFF;
  for (const usual of USUAL_CELLS_MM) {
    const width = usual * evidence.pxPerMm;
    // A pulse that was not known for one makes a row longer than its columns, never shorter.
    const shorter = arePitched(labels, width, count) ? MAX_WIDTH_OFF : slack;
    if (width * count > whole * (1 - shorter) && width * count < whole * (1 + slack)) widths.add(width);
  }
  for (let a = 0; a < labels.length; a++) {
    for (let b = 0; b < labels.length; b++) {
      if (labels[b].row !== labels[a].row || labels[b].x <= labels[a].x) continue;
      if (labels[a].weight * labels[b].weight < 0.25) continue;
      for (let k = 1; k < count; k++) {
        const width = (labels[b].x - labels[a].x) / k;
        const isShorter = width < whole / count && arePitched(labels, width, count);
        addWidth(widths, width, whole / count, isShorter ? MAX_WIDTH_OFF : slack);
      }
    }
  }
  for (let a = 0; a < separators.length; a++) {
    for (let b = a + 1; b < separators.length; b++) {
      const distance = Math.abs(separators[b].x - separators[a].x);
      for (let k = 1; k < count; k++) addWidth(widths, distance / k, whole / count, slack);
    }
  }
  return widths;
}

/** Whether most sure names that follow each other in a row stand so far apart. */
function arePitched(labels: readonly ColumnMark[], width: number, count: number): boolean {
  const sure = labels.filter(({ isSure }) => isSure);
  let pairs = 0;
  let pitched = 0;
  for (const a of sure) {
    const next = sure.filter(({ row, x }) => row === a.row && x > a.x).sort((p, q) => p.x - q.x)[0];
    if (next === undefined) continue;
    pairs++;
    const columns = Math.round((next.x - a.x) / width);
    if (columns >= 1 && columns < count && Math.abs(next.x - a.x - columns * width) < PITCH_OFF * width) {
      pitched++;
    }
  }
  return pairs >= LEAST_PAIRS && 2 * pitched > pairs;
}

function suggestOrigins(
  evidence: ColumnEvidence,
  separators: readonly WeighedSeparator[],
  labels: readonly ColumnMark[],
  count: number,
  width: number,
): number[] {
  const origins = [evidence.x0, evidence.x1 - count * width];
  for (const s of separators) for (let k = 0; k <= count; k++) origins.push(s.x - k * width);
  for (const label of labels.slice(0, 4)) {
    for (let k = 0; k < count; k++) origins.push(label.x - evidence.pxPerMm - k * width);
  }
  return origins;
}

function addWidth(widths: Set<number>, width: number, expected: number, slack: number): void {
  if (Math.abs(width - expected) < slack * expected && widths.size < MAX_WIDTHS)
    widths.add(Math.round(width * 2) / 2);
}

function tryColumns(
  evidence: ColumnEvidence,
  separators: readonly WeighedSeparator[],
  count: number,
  origin: number,
  width: number,
): Trial {
  const { x0, x1, pxPerMm } = evidence;
  let separated = 0;
  for (let k = 1; k < count; k++) {
    const x = origin + k * width;
    let most = 0;
    for (const s of separators) {
      const distance = Math.abs(s.x - x) / (SEPARATOR_TOLERANCE_MM * pxPerMm);
      if (distance >= 1) continue;
      const weight = s.strength * (1 - 0.5 * distance * distance);
      if (weight > most) most = weight;
    }
    separated += most;
  }
  if (count > 1) separated /= count - 1;
  const cellMm = width / pxPerMm;
  let usual = 1;
  for (const length of USUAL_CELLS_MM) usual = Math.min(usual, Math.abs(cellMm / length - 1));
  const leftMiss = (origin - x0) / pxPerMm;
  const rightMiss = (x1 - origin - count * width) / pxPerMm;
  const base =
    (count > 1 ? 2 * separated : 0.5) +
    (evidence.isScaleAssumed ? 0 : 0.4 * Math.exp(-((usual / 0.01) ** 2))) -
    endMiss(leftMiss, evidence.freeLeft ? evidence.agreeLeft : 0) -
    endMiss(rightMiss, evidence.freeRight ? evidence.agreeRight : 0);
  return { origin, width, base, separated };
}

/** Price of trace outside the columns (`missMm` > 0), or of columns beyond a free end that `agree` of the rows share. */
function endMiss(missMm: number, agree: number): number {
  const size = Math.min(12, Math.abs(missMm));
  return missMm > 0 ? (0.08 + 0.16 * agree) * size : (0.02 + 0.24 * agree) * size;
}

/** Where the labels of a page stand in their cells. */
interface LabelPlace {
  readonly labelled: number;
  readonly labelOffset: number;
  readonly labelsBefore: boolean;
  readonly stray: number;
}

function scoreLabels(
  labels: readonly ColumnMark[],
  evidence: ColumnEvidence,
  count: number,
  origin: number,
  width: number,
): LabelPlace {
  const { pxPerMm, divided } = evidence;
  const leastOffsetMm = count === 1 ? BEFORE_ROW_MM : LABEL_OFFSET_MM[0];
  const places = { labels, divided, count, origin, width, pxPerMm };
  const filled = new Float64Array(divided.length * KEYS_PER_ROW);
  let best: LabelPlace = { labelled: 0, labelOffset: 0, labelsBefore: false, stray: 0 };
  for (const anchor of labels) {
    if (anchor.weight < MIN_ANCHOR_WEIGHT) continue;
    const anchorColumn = Math.round((anchor.x - origin - 4 * pxPerMm) / width);
    const offset = anchor.x - origin - anchorColumn * width;
    if (offset < leastOffsetMm * pxPerMm || offset > LABEL_OFFSET_MM[1] * pxPerMm) continue;
    best = betterPlace(best, placeAtOffset(places, filled, offset, false));
  }
  for (const anchor of labels) {
    if (count === 1 || !anchor.isSure) continue;
    const column = Math.round((anchor.endX - origin) / width);
    const offset = anchor.endX - origin - column * width;
    if (column < 1 || offset < BEFORE_END_MM[0] * pxPerMm || offset > BEFORE_END_MM[1] * pxPerMm) continue;
    best = betterPlace(best, placeAtOffset(places, filled, offset, true));
  }
  if (best.labelled === 0) {
    let stray = 0;
    for (const label of labels) stray += label.stray;
    best = { ...best, stray };
  }
  return best;
}

interface LabelPlaces {
  readonly labels: readonly ColumnMark[];
  readonly divided: ColumnEvidence['divided'];
  readonly count: number;
  readonly origin: number;
  readonly width: number;
  readonly pxPerMm: number;
}

/** How the names lie if all of them stand at one offset. `filled` is scratch, `KEYS_PER_ROW` per row. */
function placeAtOffset(
  { labels, divided, count, origin, width, pxPerMm }: LabelPlaces,
  filled: Float64Array,
  offset: number,
  labelsBefore: boolean,
): LabelPlace {
  const tolerance = LABEL_TOLERANCE_MM * pxPerMm;
  filled.fill(0);
  const order: number[] = [];
  let stray = 0;
  let moment = 0;
  let mass = 0;
  const fit = { origin, width, labelOffset: offset, labelsBefore };
  for (const label of labels) {
    const { column, off } = columnOfLabel(label.x, label.endX, fit, pxPerMm);
    const columns = divided[label.row] ? count : 1;
    if (off > tolerance || column < 0 || column >= columns) {
      stray += label.stray;
      continue;
    }
    const key = label.row * KEYS_PER_ROW + column;
    const weight = label.byColumn[column] * (1 - 0.3 * (off / tolerance) ** 2);
    if (weight > filled[key]!) {
      if (filled[key] === 0) order.push(key);
      filled[key] = weight;
    }
    moment += label.weight * (label.x - origin - column * width);
    mass += label.weight;
  }
  let sum = 0;
  for (let at = 0; at < order.length; at++) sum += filled[order[at]!]!;
  let cells = 0;
  for (let row = 0; row < divided.length; row++) cells += divided[row] ? count : 1;
  const labelOffset = mass > 0 && !labelsBefore ? moment / mass : offset;
  return { labelled: sum / cells, labelOffset, labelsBefore, stray };
}

function betterPlace(best: LabelPlace, place: LabelPlace): LabelPlace {
  return place.labelled - 0.1 * place.stray > best.labelled - 0.1 * best.stray ? place : best;
}

function byBase(a: { readonly base: number }, b: { readonly base: number }): number {
  return b.base - a.base;
}
