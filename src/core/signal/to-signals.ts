import type { Reason, StageResult } from '../../shared/reason.ts';
import type { Layout, LeadCell } from '../lead/layout.ts';
import type { Rectification } from '../page/rectification.ts';
import type { TracePath } from '../trace/trace-path.ts';
import type { LeadSignal } from './lead-signal.ts';
import { medianOf } from './median-of.ts';
import { resampleLine } from './resample-line.ts';

export interface ToSignalsOptions {
  /** Samples per second of the result, 500 when absent. */
  readonly fs?: number;
}

const DEFAULT_FS = 500;
/** Columns beyond the ends of a path that still belong to its outermost sample. */
const END_PX = 1.5;

/**
 * Calibrates traced paths: canonical pixels to millivolts and seconds by the grid's scale and the layout's speed and
 * gain, 0 mV at the median of the lead, resampled to the page clock at `fs`. Time runs with pixel centres at integers:
 * column x of a cell lies at `startSeconds + (x - cell.x0) / (pxPerMm * speed)`.
 */
export function toSignals(
  paths: readonly TracePath[],
  layout: Layout,
  rectification: Rectification,
  options: ToSignalsOptions = {},
): StageResult<LeadSignal[]> {
  const { fs = DEFAULT_FS } = options;
  const reasons: Reason[] = [];
  const signals: LeadSignal[] = [];
  const pxPerSecond = rectification.canonicalPxPerMm * layout.speedMmPerSecond;
  for (const path of paths) {
    const cell = layout.cells.find(({ id }) => id === path.cellId);
    if (!cell) continue;
    const gain = cell.gainMmPerMillivolt ?? layout.gainMmPerMillivolt;
    signals.push(toSignal(path, cell, pxPerSecond, rectification.canonicalPxPerMm * gain, fs));
  }
  let trust = 0;
  for (const { confidence } of signals) {
    let sum = 0;
    for (const value of confidence) sum += value;
    trust += confidence.length === 0 ? 0 : sum / confidence.length;
  }
  return { value: signals, confidence: layout.cells.length === 0 ? 0 : trust / layout.cells.length, reasons };
}

function toSignal(
  path: TracePath,
  cell: LeadCell,
  pxPerSecond: number,
  pxPerMillivolt: number,
  fs: number,
): LeadSignal {
  const { fineY, samplesPerPx } = path;
  const baseline = medianOf(path.y);
  const scale = (cell.inverted ? 1 : -1) / pxPerMillivolt;
  // The picture may end within the frame before the first column: its leads begin with the page clock all the same.
  const first = cell.startSeconds * pxPerSecond <= END_PX ? 0 : Math.round(cell.startSeconds * fs);
  const count = Math.max(0, Math.round(cell.endSeconds * fs) - first);
  const millivolts = new Float32Array(count).fill(Number.NaN);
  const confidence = new Float32Array(count);
  const step = (pxPerSecond / fs) * samplesPerPx;
  const start = ((first / fs - cell.startSeconds) * pxPerSecond + cell.x0 - path.x0) * samplesPerPx;
  const rows = resampleLine(fineY, start, step, count);
  const margin = END_PX * samplesPerPx;
  for (let i = 0; i < count; i++) {
    const at = start + i * step;
    if (at < -margin || at > fineY.length - 1 + margin) continue;
    millivolts[i] = (rows[i]! - baseline) * scale;
    const column = Math.round(at / samplesPerPx);
    confidence[i] = path.confidence[Math.min(path.confidence.length - 1, Math.max(0, column))]!;
  }
  return {
    cellId: cell.id,
    lead: cell.lead,
    role: cell.role,
    startSeconds: first / fs,
    fs,
    millivolts,
    confidence,
  };
}
