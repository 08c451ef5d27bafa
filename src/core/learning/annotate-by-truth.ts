import type { Digitization } from '../digitization.ts';
import type { LeadCell } from '../lead/layout.ts';
import { alignLead } from '../metrics/align-lead.ts';
import type { LeadTable } from '../metrics/lead-table.ts';
import { resampleToClock } from '../metrics/resample-to-clock.ts';
import { MAX_LAG_SECONDS } from '../metrics/score-lead.ts';
import { medianOf } from '../signal/median-of.ts';
import { toSignals } from '../signal/to-signals.ts';
import type { TracePath } from '../trace/trace-path.ts';

/** A page as an annotator who knows the signals would leave it. */
export interface AnnotatedPage {
  readonly page: Digitization;
  /** Cells in which too little is right to tell where the trace lies: they would be put aside. */
  readonly unverified: readonly string[];
  /** Columns that were drawn anew, and all. */
  readonly columns: { readonly changed: number; readonly all: number };
}

/** Distance from the truth up to which a column is left alone, and around a wrong one drawn anew; millimetres. */
const TOLERANCE_MM = 0.35;
const AROUND_MM = 0.4;
/** Share of right columns that a cell needs. */
const LEAST_RIGHT = 0.5;
/** Stretch in which the paper's local error is taken from right columns, seconds. */
const NEAR_SECONDS = 0.6;

/**
 * Plays the annotator: draws the true signal where a trace is wrong, and leaves it where it is right. The truth is laid over
 * each lead by its best shift in time and height; where the paper is bent the difference of right columns nearby is kept, so
 * that what is drawn lies on the ink.
 *
 * @param truth - of the whole page, on its clock
 */
export function annotateByTruth(page: Digitization, truth: LeadTable): AnnotatedPage {
  const { layout, rectification } = page;
  if (!layout || !rectification) return { page, unverified: [], columns: { changed: 0, all: 0 } };
  const pxPerMm = rectification.canonicalPxPerMm;
  const unverified: string[] = [];
  let [changed, all] = [0, 0];
  const paths = page.paths.map((path) => {
    const cell = layout.cells.find(({ id }) => id === path.cellId);
    const target = cell && trueRows(page, cell, path, truth);
    if (!target) {
      unverified.push(path.cellId);
      return path;
    }
    const right = Array.from(
      path.y,
      (row, k) => Math.abs(row - target[k * path.samplesPerPx]!) <= TOLERANCE_MM * pxPerMm,
    );
    const share = right.filter(Boolean).length / Math.max(1, right.length);
    if (share < LEAST_RIGHT) {
      unverified.push(path.cellId);
      return path;
    }
    const drawn = drawnAnew(path, target, right, pxPerMm, pxPerMm * layout.speedMmPerSecond);
    all += path.y.length;
    changed += drawn.human?.reduce<number>((sum, value) => sum + value, 0) ?? 0;
    return drawn;
  });
  const fs = page.signals[0]?.fs;
  const { value: signals } = toSignals(paths, layout, rectification, { fs });
  return { page: { ...page, paths, signals }, unverified, columns: { changed, all } };
}

/** Rows of the true signal per fine sample of a path; null when nothing is known of the lead. */
function trueRows(
  page: Digitization,
  cell: LeadCell,
  path: TracePath,
  truth: LeadTable,
): Float32Array | null {
  const signal = page.signals.find(({ cellId }) => cellId === cell.id);
  const column = truth.leads.get(cell.lead);
  if (!signal || !column) return null;
  const { fs, startSeconds, millivolts } = signal;
  const known = resampleToClock(column, truth, { fs, startSeconds, count: millivolts.length });
  const { lagSamples, offset } = alignLead(
    known,
    Float64Array.from(millivolts),
    Math.trunc(MAX_LAG_SECONDS * fs),
  );
  const layout = page.layout!;
  const pxPerMm = page.rectification!.canonicalPxPerMm;
  const gain = cell.gainMmPerMillivolt ?? layout.gainMmPerMillivolt;
  const pxPerMillivolt = (cell.inverted ? 1 : -1) * pxPerMm * gain;
  const pxPerSecond = pxPerMm * layout.speedMmPerSecond;
  const zero = medianOf(path.y);
  const { x0, samplesPerPx, fineY } = path;
  const seconds = cell.startSeconds + (x0 - cell.x0) / pxPerSecond + lagSamples / fs;
  const values = resampleToClock(column, truth, {
    fs: pxPerSecond * samplesPerPx,
    startSeconds: seconds,
    count: fineY.length,
  });
  return Float32Array.from(values, (value) => zero + (value + offset) * pxPerMillivolt);
}

function drawnAnew(
  path: TracePath,
  target: Float32Array,
  right: readonly boolean[],
  pxPerMm: number,
  pxPerSecond: number,
): TracePath {
  const { samplesPerPx } = path;
  const reach = Math.round(AROUND_MM * pxPerMm);
  const wrong = right.map((_, k) => right.slice(Math.max(0, k - reach), k + reach + 1).includes(false));
  const near = Math.round(NEAR_SECONDS * pxPerSecond);
  const fineY = path.fineY.slice();
  const y = path.y.slice();
  const human = new Uint8Array(y.length);
  const confidence = path.confidence.slice();
  const bridged = path.bridged.slice();
  for (let column = 0; column < y.length; column++) {
    if (!wrong[column] || Number.isNaN(target[column * samplesPerPx]!)) continue;
    const differences: number[] = [];
    for (let k = Math.max(0, column - near); k < Math.min(y.length, column + near); k++) {
      if (right[k] && !wrong[k]) differences.push(path.y[k]! - target[k * samplesPerPx]!);
    }
    const bias = differences.length > 0 ? medianOf(Float32Array.from(differences)) : 0;
    const end = Math.min(fineY.length, (column + 1) * samplesPerPx);
    for (let k = column * samplesPerPx; k < end; k++) fineY[k] = target[k]! + bias;
    y[column] = fineY[column * samplesPerPx]!;
    human[column] = 1;
    confidence[column] = 1;
    bridged[column] = 0;
  }
  return { ...path, y, fineY, human, confidence, bridged };
}
