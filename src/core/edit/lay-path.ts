import type { LeadCell } from '../lead/layout.ts';
import { SAMPLES_PER_PX } from '../trace/trace-cell.ts';
import { samplesOf, type EditedPath } from './edited-path.ts';
import type { PageEditor } from './page-editor.ts';
import { traceColumns } from './trace-columns.ts';

/** A path put together for a cell, and which of its columns nothing is known of yet. */
export interface AssembledPath {
  readonly path: EditedPath;
  /** First and last column of each stretch without a line, canonical columns. */
  readonly gaps: readonly (readonly [from: number, to: number])[];
}

/**
 * The path of a cell from what is known of paths that run along its row: their columns are kept, with who drew them. Where
 * two know a column, the first one counts.
 *
 * @param strokeWidthPx of the path where there is no source
 */
export function assemblePath(
  cell: LeadCell,
  sources: readonly EditedPath[],
  strokeWidthPx: number,
): AssembledPath {
  const s = sources[0]?.samplesPerPx ?? SAMPLES_PER_PX;
  const x0 = Math.round(cell.x0);
  const columns = Math.max(1, Math.round(cell.x1) - x0);
  const path: EditedPath = {
    cellId: cell.id,
    x0,
    samplesPerPx: s,
    strokeWidthPx: sources[0]?.strokeWidthPx ?? strokeWidthPx,
    fineY: new Float32Array(samplesOf(columns, s)).fill(Number.NaN),
    confidence: new Float32Array(columns),
    provenance: new Uint8Array(columns),
  };
  const known = new Uint8Array(columns);
  for (const source of sources) {
    if (source.samplesPerPx !== s) continue;
    const first = Math.max(x0, source.x0);
    const last = Math.min(x0 + columns, source.x0 + source.provenance.length) - 1;
    for (let x = first; x <= last; x++) {
      const [to, from] = [x - x0, x - source.x0];
      if (known[to] === 1) continue;
      known[to] = 1;
      path.confidence[to] = source.confidence[from]!;
      path.provenance[to] = source.provenance[from]!;
      path.fineY[to * s] = source.fineY[from * s]!;
      const goesOn = x < last && known[to + 1] === 0;
      if (goesOn) path.fineY.set(source.fineY.subarray(from * s, (from + 1) * s), to * s);
    }
  }
  const gaps: [number, number][] = [];
  for (let column = 0; column < columns; column++) {
    if (known[column] === 1) continue;
    const gap = gaps.at(-1);
    if (gap && gap[1] === x0 + column - 1) gap[1]++;
    else gaps.push([x0 + column, x0 + column]);
  }
  return { path, gaps };
}

/** Traces the stretches of a path that nothing is known of, between what is. */
export function traceGaps(editor: PageEditor, cell: LeadCell, { path, gaps }: AssembledPath): EditedPath {
  let whole = path;
  const row = (x: number): number | null => {
    const value = whole.fineY[(x - whole.x0) * whole.samplesPerPx];
    return value === undefined || Number.isNaN(value) ? null : value;
  };
  for (const [from, to] of gaps)
    whole = traceColumns(editor, whole, cell, from, to, row(from - 1), row(to + 1));
  return joined(whole);
}

/** A path in which neighbouring columns that are known are joined by a straight line. */
export function joined(path: EditedPath): EditedPath {
  const { samplesPerPx: s } = path;
  const fineY = path.fineY.slice();
  for (let column = 0; column + 1 < path.provenance.length; column++) {
    const [a, b] = [fineY[column * s]!, fineY[(column + 1) * s]!];
    for (let k = 1; k < s; k++) {
      const at = column * s + k;
      if (Number.isNaN(fineY[at]!)) fineY[at] = a + ((b - a) * k) / s;
    }
  }
  return { ...path, fineY };
}
