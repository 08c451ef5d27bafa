import type { Pin } from './edit-documents.ts';
import type { EditedPath } from './edited-path.ts';
import { layWire, type LiveWire } from './live-wire.ts';
import type { EditResult, PageEditor } from './page-editor.ts';
import type { PageEvidence } from './page-evidence.ts';
import { leadBand, lineThroughInk, neededPart, refineStretch, splice } from './solve-stretch.ts';

/** What a pin being dragged makes of its lead. */
export interface PinPreview {
  readonly path: EditedPath;
  readonly pin: Pin;
  /** Columns that are others than before. */
  readonly from: number;
  readonly to: number;
}

/** A pin under the pointer: its lead's path follows every move, and is kept when it is let go. */
export interface PinDrag {
  readonly cellId: string;
  /** Moves the pin to a canonical point; a millisecond or two for 2200 columns. */
  move(x: number, y: number): PinPreview;
  /** Keeps the last preview: the stroke's thickness is undone, the mask follows. */
  finish(): EditResult;
}

/** How near to ink a pin must be to lie on it, millimetres, and the share of ink that counts. */
const SNAP_MM = 0.3;
const INKED = 0.3;

/** Two pins of a lead are at least so many columns apart. */
const APART_PX = 2;

/** The pin of a lead nearest to a canonical point within `reachPx`, by its index; null when there is none. */
export function pinAt(pins: readonly Pin[], x: number, y: number, reachPx: number): number | null {
  let best: number | null = null;
  let least = reachPx * reachPx;
  pins.forEach(([px, py], index) => {
    const square = (px - x) ** 2 + (py - y) ** 2;
    if (square <= least) [best, least] = [index, square];
  });
  return best;
}

/**
 * Takes hold of a pin, a new one (`index` null) or one that is there. The path is solved again between the neighbouring
 * pins, and keeps to what it was as soon as it has come back to it.
 *
 * @returns null where the lead has no path
 */
export function dragPin(
  editor: PageEditor,
  cellId: string,
  x: number,
  y: number,
  index: number | null,
): PinDrag | null {
  const current = editor.path(cellId);
  if (!current) return null;
  const others = editor.pins(cellId).filter((_, i) => i !== index);
  const range = pinRange(current, others, x);
  // A pin that moves on takes the correction at its old place with it.
  const path = index === null ? current : withMachineColumns(editor, current, range.from, range.to);
  const claims = editor.claims(cellId);
  const cell = editor.cell(cellId);
  const evidence = editor.evidenceOf(cellId);
  const pxPerMm = editor.ground.rectification.canonicalPxPerMm;
  let wire: LiveWire | null = null;
  let last: PinPreview | null = null;

  const wireFor = (row: number): LiveWire => {
    if (wire && row >= wire.band.y0 && row < wire.band.y1) return wire;
    const { height } = evidence.ink.coverage;
    const band = leadBand(cell, range.from, range.to + 1, height, pxPerMm, row);
    wire = layWire(evidence.ink, band, claims.claims, claims.others, {
      from: range.left && range.left[1],
      to: range.right && range.right[1],
    });
    return wire;
  };

  const drag: PinDrag = {
    cellId,
    move(px, py) {
      const column = Math.max(range.from, Math.min(range.to, Math.round(px)));
      const row = Math.max(0, Math.min(evidence.ink.coverage.height - 1, py));
      const laid = wireFor(row);
      const stretch = lineThroughInk(
        evidence,
        laid.band,
        laid.through(column, row),
        claims.claims,
        claims.others,
        path.samplesPerPx,
      );
      // On bare paper there is nothing to snap to: the line is led through the pin itself.
      if (!isInked(evidence, column, row, SNAP_MM * pxPerMm)) {
        stretch.fineY[(column - stretch.x0) * path.samplesPerPx] = row;
        stretch.bare[column - stretch.x0] = 1;
      }
      const { from, to } = neededPart(path, stretch, column, path.samplesPerPx);
      last = { path: splice(path, stretch, from, to), pin: [column, row], from, to };
      return last;
    },
    finish() {
      const { path: traced, pin, from, to } = last ?? drag.move(x, y);
      const refined = refineStretch(evidence, traced, from, to);
      const pins = [...others, pin].sort(([a], [b]) => a - b);
      const columns = index === null ? { from, to } : range;
      return editor.update(new Map([[cellId, { path: refined, pins, columns }]]));
    },
  };
  return drag;
}

function isInked({ ink }: PageEvidence, column: number, row: number, reachPx: number): boolean {
  const { data, width, height } = ink.coverage;
  const reach = Math.ceil(reachPx);
  for (
    let y = Math.max(0, Math.round(row) - reach);
    y <= Math.min(height - 1, Math.round(row) + reach);
    y++
  ) {
    if (data[y * width + column]! >= INKED) return true;
  }
  return false;
}

/** Takes a pin away: between its neighbours the path is the machine's again. */
export function removePin(editor: PageEditor, cellId: string, index: number): EditResult {
  const current = editor.path(cellId)!;
  const pins = editor.pins(cellId);
  const others = pins.filter((_, i) => i !== index);
  const { from, to } = pinRange(current, others, pins[index]![0]);
  const path = withMachineColumns(editor, current, from, to);
  return editor.update(new Map([[cellId, { path, pins: others, columns: { from, to } }]]));
}

interface PinRange {
  readonly left: Pin | null;
  readonly right: Pin | null;
  readonly from: number;
  readonly to: number;
}

/** The pins on either side of a column, and the columns that a pin there may change. */
function pinRange({ x0, provenance }: EditedPath, pins: readonly Pin[], x: number): PinRange {
  const left = pins.findLast(([px]) => px <= x - APART_PX) ?? null;
  const right = pins.find(([px]) => px >= x + APART_PX) ?? null;
  return {
    left,
    right,
    from: left ? left[0] : x0,
    to: right ? right[0] : x0 + provenance.length - 1,
  };
}

/** The path with the machine's columns put back, as far as it reaches. */
export function withMachineColumns(
  editor: PageEditor,
  path: EditedPath,
  from: number,
  to: number,
): EditedPath {
  const machine = editor.machinePath(path.cellId);
  if (!machine || machine.samplesPerPx !== path.samplesPerPx) return path;
  const fineY = path.fineY.slice();
  const confidence = path.confidence.slice();
  const provenance = path.provenance.slice();
  const s = path.samplesPerPx;
  const first = Math.max(from, path.x0, machine.x0);
  const last = Math.min(to, path.x0 + provenance.length - 1, machine.x0 + machine.provenance.length - 1);
  if (last < first) return path;
  const here = first - path.x0;
  const there = first - machine.x0;
  const columns = last - first + 1;
  confidence.set(machine.confidence.subarray(there, there + columns), here);
  provenance.set(machine.provenance.subarray(there, there + columns), here);
  fineY.set(machine.fineY.subarray(there * s, (there + columns - 1) * s + 1), here * s);
  return { ...path, fineY, confidence, provenance };
}
