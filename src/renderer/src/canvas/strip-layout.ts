import type { CellView } from '../../../shared/api/page-record.ts';
import type { SignalView } from '../../../shared/api/signal-bytes.ts';
import { LEAD_NAMES, type LeadName } from '../../../shared/lead-name.ts';

/** Blank paper left of the signals (holds the 1 mV pulse), right of them, above and below; millimetres. */
export const PAPER_MARGIN = { left: 11, right: 4, top: 4, bottom: 3 } as const;
const LEAST_ROW_MM = 13;
const MOST_SWING_MM = 30;
const ROW_PADDING_MM = 4;
const MOST_SQUEEZE = 0.6;
const MOST_SPREAD_MM = 14;

/** A signal placed on the paper. */
export interface Strip {
  readonly cellId: string;
  readonly lead: LeadName;
  readonly role: 'lead' | 'rhythm';
  /** Left edge and 0 mV line, millimetres of paper from the top-left corner. */
  readonly xMm: number;
  readonly baselineMm: number;
  /** Band of the row, millimetres. */
  readonly topMm: number;
  readonly bottomMm: number;
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly signal: SignalView;
}

/** The whole paper. */
export interface StripLayout {
  readonly strips: readonly Strip[];
  readonly widthMm: number;
  readonly heightMm: number;
  readonly rows: number;
}

export interface StripLayoutOptions {
  readonly arrangement: 'printed' | 'stacked';
  readonly speedMmPerSecond: number;
  readonly gainMmPerMillivolt: number;
  /** Height at hand, millimetres: rows are spread or squeezed to fill it. */
  readonly fillHeightMm?: number;
}

/**
 * Places signals on ECG paper: in the rows of the print, or one lead below the other; always at their page time.
 * Rows are as high as their signals swing, at least 13 mm; they are squeezed by up to 40 % where that makes them fit `fillHeightMm`.
 */
export function layoutStrips(
  signals: readonly SignalView[],
  cells: readonly Pick<CellView, 'id' | 'row'>[],
  options: StripLayoutOptions,
): StripLayout {
  const { speedMmPerSecond: speed, gainMmPerMillivolt: gain } = options;
  const rows = groupRows(signals, cells, options.arrangement);
  const swings = rows.map((row) => swingMm(row, gain));
  const natural = swings.map(({ up, down }) => Math.max(LEAST_ROW_MM, up + down + ROW_PADDING_MM));
  const margins = PAPER_MARGIN.top + PAPER_MARGIN.bottom;
  const spare = (options.fillHeightMm ?? 0) - margins - natural.reduce((sum, height) => sum + height, 0);
  const extra = rows.length > 0 ? Math.min(MOST_SPREAD_MM, Math.max(0, spare / rows.length)) : 0;
  const wanted = natural.reduce((sum, height) => sum + height, 0);
  // Tall beats may reach into the neighbouring row, as on printed paper, where that saves the scrolling.
  const share = (wanted + spare) / wanted;
  const squeeze = options.fillHeightMm && share < 1 && share >= MOST_SQUEEZE ? share : 1;

  const strips: Strip[] = [];
  let top = PAPER_MARGIN.top;
  let lastSecond = 0;
  rows.forEach((row, r) => {
    const height = natural[r]! * squeeze + extra;
    const { up, down } = swings[r]!;
    const baselineMm = top + (height + up - down) / 2;
    for (const signal of row) {
      const endSeconds = signal.startSeconds + signal.millivolts.length / signal.fs;
      lastSecond = Math.max(lastSecond, endSeconds);
      strips.push({
        cellId: signal.cellId,
        lead: signal.lead,
        role: signal.role,
        xMm: PAPER_MARGIN.left + signal.startSeconds * speed,
        baselineMm,
        topMm: top,
        bottomMm: top + height,
        startSeconds: signal.startSeconds,
        endSeconds,
        signal,
      });
    }
    top += height;
  });
  return {
    strips,
    widthMm: PAPER_MARGIN.left + lastSecond * speed + PAPER_MARGIN.right,
    heightMm: top + PAPER_MARGIN.bottom,
    rows: rows.length,
  };
}

function groupRows(
  signals: readonly SignalView[],
  cells: readonly Pick<CellView, 'id' | 'row'>[],
  arrangement: 'printed' | 'stacked',
): SignalView[][] {
  if (arrangement === 'stacked') {
    const order = (signal: SignalView): number =>
      LEAD_NAMES.indexOf(signal.lead) + (signal.role === 'rhythm' ? LEAD_NAMES.length : 0);
    return [...signals].sort((a, b) => order(a) - order(b)).map((signal) => [signal]);
  }
  const rowOf = new Map(cells.map((cell) => [cell.id, cell.row]));
  const rows = new Map<number, SignalView[]>();
  for (const signal of signals) {
    const row = rowOf.get(signal.cellId) ?? 0;
    rows.set(row, [...(rows.get(row) ?? []), signal]);
  }
  return [...rows.entries()].sort(([a], [b]) => a - b).map(([, row]) => row);
}

/** How far the signals of a row reach above and below 0 mV, millimetres, within reason. */
function swingMm(row: readonly SignalView[], gain: number): { up: number; down: number } {
  let high = 0;
  let low = 0;
  for (const { millivolts } of row) {
    for (const value of millivolts) {
      if (value > high) high = value;
      else if (value < low) low = value;
    }
  }
  return { up: Math.min(MOST_SWING_MM, high * gain), down: Math.min(MOST_SWING_MM, -low * gain) };
}

/** The strip under a point of the paper, millimetres; between rows the nearer one. */
export function stripAt(layout: StripLayout, xMm: number, yMm: number, speed: number): Strip | null {
  let best: Strip | null = null;
  let bestDistance = Infinity;
  for (const strip of layout.strips) {
    const right = strip.xMm + (strip.endSeconds - strip.startSeconds) * speed;
    if (xMm < strip.xMm || xMm > right || yMm < strip.topMm - 2 || yMm > strip.bottomMm + 2) continue;
    const distance = Math.abs(yMm - strip.baselineMm);
    if (distance < bestDistance) {
      best = strip;
      bestDistance = distance;
    }
  }
  return best;
}

/** Millivolts of a signal at a page time, linear between samples; null outside it or in a gap. */
export function millivoltsAt(signal: SignalView, seconds: number): number | null {
  const position = (seconds - signal.startSeconds) * signal.fs;
  const i = Math.floor(position);
  if (i < 0 || i >= signal.millivolts.length) return null;
  const j = Math.min(i + 1, signal.millivolts.length - 1);
  const t = position - i;
  const value = signal.millivolts[i]! * (1 - t) + signal.millivolts[j]! * t;
  return Number.isNaN(value) ? null : value;
}
