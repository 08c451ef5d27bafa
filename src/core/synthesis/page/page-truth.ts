import type { LeadTable } from '../../metrics/lead-table.ts';
import type { LayoutKind } from '../../lead/layout.ts';
import type { Lattice } from '../../page/rectification.ts';
import type { Box } from '../../image/raster.ts';
import type { PageWarp } from '../conditions/page-warp.ts';
import type { LeadName } from '../../../shared/lead-name.ts';
import type { BoxMm, DrawnText, PageDrawing } from './page-drawing.ts';
import type { PlannedCell } from './layout-cells.ts';
import type { PaperScale } from './paint-strokes.ts';
import type { ResolvedPageOptions } from './page-options.ts';

/** A printed cell as the picture shows it. Picture pixels, centres at integers. */
export interface TruthCell extends PlannedCell {
  /** Centre line of the pen, one point per sample: x0, y0, x1, y1, ... */
  readonly tracePx: Float32Array;
  /** Smallest upright box around the cell's share of the page (the trace may leave it). */
  readonly box: Box;
  readonly labelBox: Box | null;
}

/** Everything known about a drawn page. Boxes and points in picture pixels. */
export interface PageTruth {
  readonly layout: LayoutKind;
  readonly cabrera: boolean;
  readonly speedMmPerSecond: number;
  readonly gainMmPerMillivolt: number;
  /** Pixels per millimetre before any warp. */
  readonly pxPerMmX: number;
  readonly pxPerMmY: number;
  /** What is printed, on the page's clock; where a lead is printed twice, the rhythm strip. */
  readonly signals: LeadTable;
  readonly cells: readonly TruthCell[];
  readonly pulses: readonly { readonly row: number; readonly side: 'left' | 'right'; readonly box: Box }[];
  readonly separators: readonly Box[];
  readonly texts: readonly { readonly text: string; readonly kind: DrawnText['kind']; readonly box: Box }[];
  /** Corners of the paper: top left, top right, bottom right, bottom left of the upright paper. */
  readonly corners: readonly [number, number][];
  /** Crossings of the strong grid lines, 5 mm apart; null without a grid. */
  readonly lattice: Lattice | null;
}

/** Follows the drawing through the warp and the turns to the finished picture. */
export function pageTruth(
  drawing: PageDrawing,
  options: ResolvedPageOptions,
  scale: PaperScale,
  flat: { readonly width: number; readonly height: number },
  warp: PageWarp | null,
): PageTruth {
  const turns = options.conditions.quarterTurns ?? 0;
  const [w, h] = warp ? [warp.width, warp.height] : [flat.width, flat.height];
  const fromFlat = (x: number, y: number): [number, number] => {
    let point: [number, number] = warp ? warp.toImage(x, y) : [x, y];
    for (let turn = 0; turn < turns; turn++) point = [(turn % 2 === 0 ? h : w) - 1 - point[1], point[0]];
    return point;
  };
  const place = (xMm: number, yMm: number) =>
    fromFlat(xMm * scale.pxPerMmX - 0.5, yMm * scale.pxPerMmY - 0.5);
  const boxOf = (box: BoxMm): Box => {
    const points = [
      place(box.x0, box.y0),
      place(box.x1, box.y0),
      place(box.x1, box.y1),
      place(box.x0, box.y1),
    ];
    const xs = points.map((p) => p[0]);
    const ys = points.map((p) => p[1]);
    return {
      x0: Math.floor(Math.min(...xs)),
      y0: Math.floor(Math.min(...ys)),
      x1: Math.ceil(Math.max(...xs)) + 1,
      y1: Math.ceil(Math.max(...ys)) + 1,
    };
  };
  const [paperWidth, paperHeight] = options.paperMm;
  return {
    layout: options.layout,
    cabrera: options.cabrera,
    speedMmPerSecond: options.speedMmPerSecond,
    gainMmPerMillivolt: options.gainMmPerMillivolt,
    pxPerMmX: scale.pxPerMmX,
    pxPerMmY: scale.pxPerMmY,
    signals: printedSignals(drawing, options),
    cells: drawing.cells.map(({ trace, labelBox, x0, x1, y0, y1, ...cell }) => {
      const tracePx = new Float32Array(trace.length);
      for (let k = 0; k < trace.length; k += 2) tracePx.set(place(trace[k]!, trace[k + 1]!), k);
      return {
        id: cell.id,
        lead: cell.lead,
        role: cell.role,
        row: cell.row,
        column: cell.column,
        startSeconds: cell.startSeconds,
        endSeconds: cell.endSeconds,
        inverted: cell.inverted,
        tracePx,
        box: boxOf({ x0, x1, y0, y1 }),
        labelBox: labelBox && boxOf(labelBox),
      };
    }),
    pulses: drawing.pulses.map(({ row, side, box }) => ({ row, side, box: boxOf(box) })),
    separators: drawing.separators.map(({ box }) => boxOf(box)),
    texts: drawing.texts.map(({ text, kind, box }) => ({ text, kind, box: boxOf(box) })),
    corners: [place(0, 0), place(paperWidth, 0), place(paperWidth, paperHeight), place(0, paperHeight)],
    lattice: options.grid ? gridLattice(drawing.gridBox, place) : null,
  };
}

function printedSignals(drawing: PageDrawing, options: ResolvedPageOptions): LeadTable {
  const count = Math.round(options.seconds * options.fs);
  const leads = new Map<LeadName, Float32Array>();
  // Rhythm strips come last in the drawing and so win their column.
  for (const { lead, role, firstSample, endSample, sourceSample } of drawing.cells) {
    const column = role === 'rhythm' ? undefined : leads.get(lead);
    const target = column ?? new Float32Array(count).fill(NaN);
    const printed = sourceSample + endSample - firstSample;
    target.set(options.signals.get(lead)!.subarray(sourceSample, printed), firstSample);
    leads.set(lead, target);
  }
  return { fs: options.fs, startSeconds: 0, leads };
}

function gridLattice(box: BoxMm, place: (xMm: number, yMm: number) => [number, number]): Lattice {
  const spacingMm = 5;
  const columns = Math.floor((box.x1 - box.x0) / spacingMm + 1e-6) + 1;
  const rows = Math.floor((box.y1 - box.y0) / spacingMm + 1e-6) + 1;
  const xs = new Float32Array(columns * rows);
  const ys = new Float32Array(columns * rows);
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const [x, y] = place(box.x0 + i * spacingMm, box.y0 + j * spacingMm);
      xs[j * columns + i] = x;
      ys[j * columns + i] = y;
    }
  }
  return { spacingMm, columns, rows, xs, ys };
}
