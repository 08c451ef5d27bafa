import type { Reason, StageResult } from '../../shared/reason.ts';
import type { Layout, LeadCell } from '../lead/layout.ts';
import type { InkMap } from '../mask/ink-map.ts';
import type { CanonicalPage } from '../page/rectification.ts';
import { fitPen } from './fit-pen.ts';
import type { RowBand } from './follow-ink.ts';
import { prepareEvidence, type TraceEvidence } from './prepare-evidence.ts';
import { startLine } from './start-line.ts';
import { SAMPLES_PER_PX, traceCell } from './trace-cell.ts';
import type { TracePath } from './trace-path.ts';
import { GUESS_SAMPLES_PER_PX, traceRows } from './trace-rows.ts';
import { yieldClaims } from './yield-claims.ts';

export interface TracePageOptions {
  /** Lets the stage stop between rows. */
  readonly signal?: AbortSignal;
  /** Hears of the ink that may be trace before it is traced. */
  readonly onEvidence?: (evidence: TraceEvidence) => void;
}

/**
 * Traces every lead of a page: one path per printed row through the ink, then per lead the centre line whose drawing
 * with the page's pen explains the ink best. About 400 ms for a 3x4+1 page at 200 dpi.
 *
 * @returns one path per cell that could be traced, in the order of `layout.cells`
 * @throws DOMException `AbortError` when `options.signal` fires
 */
export function tracePage(
  page: CanonicalPage,
  ink: InkMap,
  layout: Layout,
  options: TracePageOptions = {},
): StageResult<TracePath[]> {
  const pxPerMm = page.rectification.canonicalPxPerMm;
  const { width, height } = ink.coverage;
  const evidence = prepareEvidence(ink, layout, pxPerMm);
  options.onEvidence?.(evidence);
  const bands = groupRows(layout.cells).map((cells) => ({
    cells,
    band: rowBand(cells, width, height, pxPerMm),
  }));
  const isTwoTone = page.rectification.gridKind === 'bilevel';
  const { rows, claims } = traceRows(evidence, bands, ink.strokeWidthPx / 2, isTwoTone, options.signal);
  const pen = fitPen(
    evidence,
    rows.map(({ band, line }) => ({
      x0: band.x0,
      y: everySample(line, GUESS_SAMPLES_PER_PX),
    })),
    ink.strokeWidthPx,
  );
  const paths = new Map<string, TracePath>();
  const reasons: Reason[] = [];
  for (const [index, row] of rows.entries()) {
    options.signal?.throwIfAborted();
    const { cells, band, runs } = row;
    const seen = yieldClaims(
      evidence,
      claims,
      row,
      index,
      GUESS_SAMPLES_PER_PX,
      pen.radiusPx + pen.edgePx / 2,
    );
    const line = startLine(runs, pen.radiusPx, SAMPLES_PER_PX);
    for (const cell of cells) {
      const path = traceCell(seen, cell, line, band.x0, pen);
      if (path) paths.set(cell.id, path);
      else {
        reasons.push({
          code: 'lead-not-traced',
          severity: 'error',
          message: `No trace was found where lead ${cell.lead} should be printed.`,
        });
      }
    }
  }
  const traced = layout.cells.flatMap((cell) => paths.get(cell.id) ?? []);
  return { value: traced, confidence: meanConfidence(traced, layout.cells.length), reasons };
}

function groupRows(cells: readonly LeadCell[]): LeadCell[][] {
  const rows = new Map<number, LeadCell[]>();
  for (const cell of cells) {
    const row = rows.get(cell.row);
    if (row) row.push(cell);
    else rows.set(cell.row, [cell]);
  }
  return [...rows.values()].map((row) => row.sort((a, b) => a.x0 - b.x0));
}

function rowBand(cells: readonly LeadCell[], width: number, height: number, pxPerMm: number): RowBand {
  const x0 = Math.max(0, Math.round(Math.min(...cells.map((cell) => cell.x0))));
  const x1 = Math.min(width, Math.max(x0 + 1, Math.round(Math.max(...cells.map((cell) => cell.x1)))));
  const y0 = Math.max(0, Math.floor(Math.min(...cells.map((cell) => cell.y0))));
  const y1 = Math.min(height, Math.max(y0 + 2, Math.ceil(Math.max(...cells.map((cell) => cell.y1)))));
  const baseline = new Float32Array(x1 - x0);
  const jump = new Uint8Array(x1 - x0);
  let at = 0;
  for (let column = 0; column < baseline.length; column++) {
    while (at + 1 < cells.length && x0 + column >= cells[at + 1]!.x0) {
      at++;
      jump[column] = 1;
    }
    baseline[column] = cells[at]!.baselineY;
  }
  return { x0, x1, y0, y1, baseline, jump, pxPerMm };
}

function meanConfidence(paths: readonly TracePath[], cells: number): number {
  if (cells === 0) return 0;
  let total = 0;
  for (const path of paths) {
    let sum = 0;
    for (const value of path.confidence) sum += value;
    total += sum / path.confidence.length;
  }
  return total / cells;
}

function everySample(line: Float64Array, step: number): Float64Array {
  const some = new Float64Array(Math.ceil(line.length / step));
  for (let k = 0; k < some.length; k++) some[k] = line[k * step]!;
  return some;
}
