import type { Box, FloatRaster } from '../image/raster.ts';
import type { Word } from './find-words.ts';
import { LABEL_CLASSES } from './label-net.ts';
import { labelOdds } from './label-odds.ts';
import { LAYOUT_TEMPLATES } from './layout-templates.ts';
import { readLabel } from './read-label.ts';
import type { RowLevel } from './row-level.ts';
import type { TraceRow } from './trace-row.ts';
import { LEAD_NAMES, type LeadName } from '../../shared/lead-name.ts';
import { ascending } from '../../shared/ascending.ts';

/** A word near a row that may be the label of one of its leads. Canonical pixels. */
export interface LabelCandidate {
  readonly row: number;
  readonly box: Box;
  /** Probability of each of `LABEL_CLASSES`. */
  readonly probabilities: Float32Array;
  /** Trust that this is a lead label at all, 0..1. */
  readonly weight: number;
}

/** Sizes of a printed lead label, millimetres. */
const HEIGHT_MM: readonly [number, number] = [1.2, 5.5];
const WIDTH_MM: readonly [number, number] = [0.15, 16];
/** Labels stand at most this far from the baseline, millimetres. */
const MAX_DISTANCE_MM = 22;
/** Reads at least this sure set the height and the place of all labels. */
const SURE = 0.8;
const OTHER = LABEL_CLASSES.indexOf('other');
/** How far wander moves rows against their names, millimetres, and the price of a pixel between them. */
const WANDER_MM = 2;
const NEARNESS = 0.5;
/** Labels of one page differ in height above the baseline by no more than this, millimetres. */
const OFFSET_SPREAD_MM = 5;
/** Where a lone label stands from the start of its row, millimetres. */
const NEAR_START_MM: readonly [number, number] = [-8, 14];
/** Words nearer than this many heights are a line of text, and are this much less likely to be labels. */
const NEIGHBOUR_GAP = 1.6;
const LINE_OF_TEXT = 0.5;
/** Labels of one page differ in height by no more than this share. */
const HEIGHT_SPREAD = 0.3;

/** Most words read on one page; pages of ECG have up to 400. */
const MAX_READ = 600;
/** Usual height of a label, millimetres. */
const USUAL_HEIGHT_MM = 2.8;

/**
 * Reads every word of a label's size near a row and gives it to the row it stands to as the other labels do. Of more
 * than 600 words (noise, pages of text) those that stand alone and are nearest to a label's height are read. `level`
 * gives the height of slanted rows.
 */
export function findLabels(
  coverage: FloatRaster,
  words: readonly Word[],
  rows: readonly TraceRow[],
  pxPerMm: number,
  level: RowLevel = (row) => rows[row].baselineY,
): LabelCandidate[] {
  const near: Box[] = [];
  for (const { box } of words) {
    const height = (box.y1 - box.y0) / pxPerMm;
    const width = (box.x1 - box.x0) / pxPerMm;
    if (height < HEIGHT_MM[0] || height > HEIGHT_MM[1] || width < WIDTH_MM[0] || width > WIDTH_MM[1])
      continue;
    if (nearestRow(rows.length, level, box, 0, MAX_DISTANCE_MM * pxPerMm) < 0) continue;
    near.push(box);
  }
  const boxes = near.length > MAX_READ ? mostLabelLike(near, words, pxPerMm) : near;
  const read = boxes.map((box) => ({ box, probabilities: readLabel(coverage, box) }));
  const sure = read.filter((r) => isUnmistakable(r.probabilities));
  const usualHeight = sure.length >= 2 ? median(sure.map((r) => r.box.y1 - r.box.y0)) : null;
  const usualOffset = sure.length >= 2 ? commonOffset(sure, rows.length, level, pxPerMm) : 0;
  const labels: LabelCandidate[] = [];
  for (const { box, probabilities } of read) {
    const row = nearestRow(rows.length, level, box, usualOffset, MAX_DISTANCE_MM * pxPerMm);
    if (row < 0) continue;
    const fromStart = (box.x0 - rows[row].x0) / pxPerMm;
    const beginsRow = fromStart > NEAR_START_MM[0] && fromStart < NEAR_START_MM[1];
    let weight = 1 - probabilities[OTHER];
    if (usualHeight !== null) {
      const misfit = Math.abs(Math.log((box.y1 - box.y0) / usualHeight)) / HEIGHT_SPREAD;
      weight *= Math.exp(-(misfit ** 4));
    } else {
      weight *= beginsRow ? 0.8 : isBar(box) ? 0.3 : 0.6;
    }
    if (hasNeighbour(box, words)) weight *= LINE_OF_TEXT;
    if (usualHeight !== null) {
      const misplaced = (centreOf(box) - level(row, box.x0) - usualOffset) / (OFFSET_SPREAD_MM * pxPerMm);
      // Rhythm strips may carry theirs elsewhere than the rows above.
      const least = isUnmistakable(probabilities) ? 0.9 : beginsRow && isNumeral(probabilities) ? 0.6 : 0.2;
      weight *= Math.max(least, Math.exp(-(misplaced ** 4)));
    }
    if (weight > 0.02) labels.push({ row, box, probabilities, weight });
  }
  return labels;
}

/** Whether a read is sure and not of the numerals, which any bar resembles. */
export function isUnmistakable(probabilities: Float32Array): boolean {
  for (let k = 3; k < OTHER; k++) if (probabilities[k] >= SURE) return true;
  return false;
}

/** Whether a read is surely II or III, which no single bar resembles. */
function isNumeral(probabilities: Float32Array): boolean {
  return probabilities[1] >= SURE || probabilities[2] >= SURE;
}

/** Whether another word follows or precedes on the same line: text runs on, labels stand alone. */
function hasNeighbour(box: Box, words: readonly Word[]): boolean {
  const height = box.y1 - box.y0;
  return words.some(({ box: other }) => {
    if (other === box) return false;
    const overlap = Math.min(box.y1, other.y1) - Math.max(box.y0, other.y0);
    if (overlap < 0.6 * height || other.y1 - other.y0 > 1.6 * height) return false;
    const gap = Math.max(other.x0 - box.x1, box.x0 - other.x1);
    return gap < NEIGHBOUR_GAP * height;
  });
}

function mostLabelLike(boxes: readonly Box[], words: readonly Word[], pxPerMm: number): Box[] {
  const ranked = boxes.map((box) => ({
    box,
    inText: hasNeighbour(box, words) ? 1 : 0,
    misfit: Math.abs(Math.log((box.y1 - box.y0) / (USUAL_HEIGHT_MM * pxPerMm))),
  }));
  ranked.sort((a, b) => a.inText - b.inText || a.misfit - b.misfit);
  return ranked.slice(0, MAX_READ).map(({ box }) => box);
}

function isBar(box: Box): boolean {
  return box.x1 - box.x0 < 0.25 * (box.y1 - box.y0);
}

/** Of so many rows the one whose level, moved by `offset`, is nearest to the middle of the box, or -1 beyond `reach`. */
function nearestRow(count: number, level: RowLevel, box: Box, offset: number, reach: number): number {
  let best = -1;
  let least = Infinity;
  for (let row = 0; row < count; row++) {
    const above = centreOf(box) - level(row, box.x0);
    const distance = Math.abs(above - offset);
    if (distance < least && Math.abs(above) <= reach) {
      least = distance;
      best = row;
    }
  }
  return best;
}

/** A distance from rows to their names, and what speaks against it. */
interface Priced {
  readonly offset: number;
  readonly price: number;
}

/**
 * How far labels stand below their rows: the distance at which all have a row. Between rows half of them may be nearer to
 * the row of another, but then the outermost have none. Where names midway between rows, or a whole row away from their own,
 * leave that open, the order of the leads tells: it puts them below their rows or above.
 */
function commonOffset(
  labels: readonly { readonly box: Box; readonly probabilities: Float32Array }[],
  count: number,
  level: RowLevel,
  pxPerMm: number,
): number {
  const offsets = labels.map(({ box }) =>
    Array.from({ length: count }, (_, row) => centreOf(box) - level(row, box.x0)).filter(
      (offset) => Math.abs(offset) <= MAX_DISTANCE_MM * pxPerMm,
    ),
  );
  const nearest = (own: readonly number[], to: number): number =>
    own.reduce((best, offset) => (Math.abs(offset - to) < Math.abs(best - to) ? offset : best), Infinity);
  const spread = OFFSET_SPREAD_MM * pxPerMm;
  const priceOf = (offset: number): number => {
    // Of two at which as many have a row the nearer is meant: wander moves rows by a little, and says nothing.
    let price = NEARNESS * Math.abs(offset);
    for (const own of offsets) {
      const off = Math.abs(nearest(own, offset) - offset) - WANDER_MM * pxPerMm;
      price += Math.min(spread, Math.max(0, off));
    }
    return price;
  };
  const inPlace = (offset: number): number =>
    namesInPlace(
      labels.map(({ box, probabilities }) => ({
        lead: LEAD_NAMES.find((lead) => labelOdds(probabilities, lead) >= SURE) ?? null,
        row: nearestRow(count, level, box, offset, MAX_DISTANCE_MM * pxPerMm),
      })),
      count,
    );
  const priced = offsets.flat().map((offset) => ({ offset, price: priceOf(offset) }));
  const cheaper = (a: Priced, b: Priced): Priced => (b.price < a.price ? b : a);
  const best = priced.reduce(cheaper, { offset: 0, price: Infinity });
  const rivals = [1, -1].map((side) =>
    priced
      .filter(({ offset }) => side * (offset - best.offset) > WANDER_MM * pxPerMm)
      .reduce(cheaper, { offset: best.offset, price: Infinity }),
  );
  const meant = rivals
    .filter(({ price }) => price < best.price + spread)
    .reduce((a, b) => (inPlace(b.offset) > inPlace(a.offset) ? b : a), best).offset;
  return median(offsets.map((own) => nearest(own, meant)).filter(Number.isFinite));
}

/** How many names stand in the row in which one of the known layouts, begun in the first row, has them. */
function namesInPlace(
  labels: readonly { readonly lead: LeadName | null; readonly row: number }[],
  count: number,
): number {
  const fitting = LAYOUT_TEMPLATES.filter(({ grid }) => grid.length <= count);
  const inPlace = fitting.map(
    ({ grid }) => labels.filter(({ lead, row }) => lead !== null && grid[row]?.includes(lead)).length,
  );
  return Math.max(0, ...inPlace);
}

function centreOf(box: Box): number {
  return (box.y0 + box.y1) / 2;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort(ascending);
  return sorted[sorted.length >> 1];
}
