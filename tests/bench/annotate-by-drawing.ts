import type { Digitization } from '../../src/core/digitization.ts';
import type { AnnotatedPage } from '../../src/core/learning/annotate-by-truth.ts';
import { imageToCanonical } from '../../src/core/page/warp-map.ts';
import { medianOf } from '../../src/core/signal/median-of.ts';
import { toSignals } from '../../src/core/signal/to-signals.ts';
import type { PageTruth, TruthCell } from '../../src/core/synthesis/page/page-truth.ts';

/** Distance of a trace from its centre line up to which an annotator leaves it, millimetres, and share of a cell to be known. */
const TOLERANCE_MM = 0.35;
const LEAST_KNOWN = 0.5;

/**
 * Plays an annotator who sees where the strokes of a drawn page lie: traces that are off by more than a third of a millimetre
 * are drawn along their centre line. A cell that lies along no stroke is put aside; the stroke that
 * is meant is the one that the trace lies nearest to.
 */
export function annotateByDrawing(page: Digitization, truth: PageTruth): AnnotatedPage {
  const { layout, rectification } = page;
  if (!layout || !rectification) return { page, unverified: [], columns: { changed: 0, all: 0 } };
  const { warp, canonicalPxPerMm: pxPerMm } = rectification;
  const unverified: string[] = [];
  let [changed, all] = [0, 0];
  const paths = page.paths.map((path) => {
    const { samplesPerPx, x0 } = path;
    const target = truth.cells
      .map((cell) =>
        rowsOf(cell, (x, y) => imageToCanonical(warp, x, y), x0, samplesPerPx, path.fineY.length),
      )
      .filter((rows) => share(rows, (row) => !Number.isNaN(row)) >= LEAST_KNOWN)
      .map((rows) => ({ rows, off: medianOf(rows.map((row, k) => Math.abs(row - path.fineY[k]!))) }))
      .sort((one, other) => one.off - other.off)[0]?.rows;
    if (!target) {
      unverified.push(path.cellId);
      return path;
    }
    const [y, fineY, human] = [path.y.slice(), path.fineY.slice(), new Uint8Array(path.y.length)];
    const [confidence, bridged] = [path.confidence.slice(), path.bridged.slice()];
    for (let column = 0; column < y.length; column++) {
      const at = column * samplesPerPx;
      if (Number.isNaN(target[at]!) || Math.abs(y[column]! - target[at]!) <= TOLERANCE_MM * pxPerMm) continue;
      const end = Math.min(fineY.length, at + samplesPerPx);
      for (let k = at; k < end; k++) if (!Number.isNaN(target[k]!)) fineY[k] = target[k]!;
      y[column] = target[at]!;
      human[column] = 1;
      confidence[column] = 1;
      bridged[column] = 0;
      changed++;
    }
    all += y.length;
    return { ...path, y, fineY, human, confidence, bridged };
  });
  const { value: signals } = toSignals(paths, layout, rectification, { fs: page.signals[0]?.fs });
  return { page: { ...page, paths, signals }, unverified, columns: { changed, all } };
}

const share = (rows: Float32Array, holds: (row: number) => boolean): number =>
  rows.reduce((sum, row) => sum + (holds(row) ? 1 : 0), 0) / Math.max(1, rows.length);

/** Canonical rows of a cell's centre line at `x0 + k / samplesPerPx`, NaN beyond its ends. */
function rowsOf(
  { tracePx }: TruthCell,
  toCanonical: (x: number, y: number) => [number, number],
  x0: number,
  samplesPerPx: number,
  count: number,
): Float32Array {
  const rows = new Float32Array(count).fill(NaN);
  let before: [number, number] | null = null;
  for (let k = 0; k + 1 < tracePx.length; k += 2) {
    const point = toCanonical(tracePx[k]!, tracePx[k + 1]!);
    if (before && point[0] > before[0]) {
      const first = Math.max(0, Math.ceil((before[0] - x0) * samplesPerPx));
      const last = Math.min(count - 1, Math.floor((point[0] - x0) * samplesPerPx));
      for (let at = first; at <= last; at++) {
        const share = (x0 + at / samplesPerPx - before[0]) / (point[0] - before[0]);
        rows[at] = before[1] + share * (point[1] - before[1]);
      }
    }
    before = point;
  }
  return rows;
}
