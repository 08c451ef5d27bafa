import type { TraceView } from '../../../shared/api/trace-bytes.ts';
import type { LeadName } from '../../../shared/lead-name.ts';
import type { GridHandle } from '../../../core/grid/bend-mesh.ts';
import { polylinesPath, tracePath } from './build-paths.ts';
import { leadColour } from './lead-palette.ts';
import { paintRegions, type RegionMark } from './paint-regions.ts';
import type { Points } from './polygon.ts';

/** What the correcting tools show over the page; points in image pixels. */
export interface EditMarks {
  readonly live: { readonly lead: LeadName; readonly trace: TraceView } | null;
  readonly pins: readonly {
    readonly lead: LeadName;
    readonly x: number;
    readonly y: number;
    readonly held: boolean;
  }[];
  /** The brush under the pointer. */
  readonly ring: {
    readonly x: number;
    readonly y: number;
    readonly radius: number;
    readonly erase: boolean;
  } | null;
  /** A thick line being drawn. */
  readonly line: {
    readonly lead: LeadName;
    readonly points: Points;
    /** Those of its points that were clicked. */
    readonly corners: Points;
    readonly widthPx: number;
    readonly erase: boolean;
  } | null;
  /** Parts of the page that people spoke about. */
  readonly regions: readonly RegionMark[];
  readonly grid: GridMarks | null;
  /** A lead's box or a region being drawn or pulled. */
  readonly box: Points | null;
  readonly span: {
    readonly trace: TraceView;
    readonly startSeconds: number;
    readonly endSeconds: number;
  } | null;
}

/** What the grid tool shows. */
export interface GridMarks {
  /** The lines as they would lie. */
  readonly lines: readonly Points[] | null;
  readonly drag: GridHandle | null;
  readonly handles: readonly GridHandle[];
  readonly frame: Points | null;
}

export const NO_EDIT_MARKS: EditMarks = {
  live: null,
  pins: [],
  ring: null,
  line: null,
  regions: [],
  span: null,
  grid: null,
  box: null,
};

/** Paints pins, the path being led, the marked stretch and the brush; the context is in image pixels. */
export function paintEdit(context: CanvasRenderingContext2D, marks: EditMarks, scale: number): void {
  const { live, pins, ring, line, regions, span, grid, box } = marks;
  context.lineJoin = 'round';
  context.lineCap = 'round';
  paintRegions(context, regions, scale);
  if (box) {
    const path = polylinesPath([box], true);
    context.fillStyle = 'rgb(11 107 203 / 12%)';
    context.fill(path);
    context.strokeStyle = GRID_COLOUR;
    context.lineWidth = 2 / scale;
    context.stroke(path);
  }
  if (grid) paintGridMarks(context, grid, scale);
  if (span) {
    const path = tracePath(span.trace, span.startSeconds, span.endSeconds);
    context.strokeStyle = 'rgb(255 196 0 / 55%)';
    context.lineWidth = 16 / scale;
    context.stroke(path);
    context.strokeStyle = leadColour(span.trace.lead);
    context.lineWidth = 2 / scale;
    context.stroke(path);
  }
  if (line) paintLine(context, line, scale);
  if (live) {
    const path = tracePath(live.trace);
    context.strokeStyle = '#ffffff';
    context.lineWidth = 5 / scale;
    context.stroke(path);
    context.strokeStyle = leadColour(live.lead);
    context.lineWidth = 2.5 / scale;
    context.stroke(path);
  }
  for (const pin of pins) {
    context.beginPath();
    context.arc(pin.x, pin.y, (pin.held ? 7 : 5) / scale, 0, 2 * Math.PI);
    context.fillStyle = pin.held ? leadColour(pin.lead) : '#ffffff';
    context.fill();
    context.lineWidth = 2.25 / scale;
    context.strokeStyle = pin.held ? '#ffffff' : leadColour(pin.lead);
    context.stroke();
  }
  if (ring) {
    for (const [colour, width] of [
      ['rgb(255 255 255 / 90%)', 3],
      [ring.erase ? ERASE_COLOUR : '#14233c', 1.5],
    ] as const) {
      context.beginPath();
      context.arc(ring.x, ring.y, ring.radius, 0, 2 * Math.PI);
      context.strokeStyle = colour;
      context.lineWidth = width / scale;
      context.setLineDash(ring.erase ? [4 / scale, 3 / scale] : []);
      context.stroke();
    }
    context.setLineDash([]);
  }
}

function paintLine(
  context: CanvasRenderingContext2D,
  { lead, points, corners, widthPx, erase }: NonNullable<EditMarks['line']>,
  scale: number,
): void {
  const path = polylinesPath([points]);
  const colour = erase ? ERASE_COLOUR : leadColour(lead);
  context.globalAlpha = 0.45;
  context.strokeStyle = colour;
  context.lineWidth = widthPx;
  context.stroke(path);
  context.globalAlpha = 1;
  context.lineWidth = 1.5 / scale;
  context.stroke(path);
  for (const [x, y] of corners) {
    context.beginPath();
    context.arc(x, y, 3.5 / scale, 0, 2 * Math.PI);
    context.fillStyle = '#ffffff';
    context.fill();
    context.strokeStyle = colour;
    context.stroke();
  }
}

const ERASE_COLOUR = '#c0262d';
const GRID_COLOUR = '#0b6bcb';

function paintGridMarks(
  context: CanvasRenderingContext2D,
  { lines, drag, handles, frame }: GridMarks,
  scale: number,
): void {
  context.strokeStyle = GRID_COLOUR;
  if (lines) {
    context.lineWidth = 1 / scale;
    context.stroke(polylinesPath(lines));
  }
  if (frame) {
    context.lineWidth = 2 / scale;
    context.setLineDash([8 / scale, 5 / scale]);
    context.stroke(polylinesPath([frame], true));
    context.setLineDash([]);
  }
  const dot = (x: number, y: number, radius: number, fill: string): void => {
    context.beginPath();
    context.arc(x, y, radius / scale, 0, 2 * Math.PI);
    context.fillStyle = fill;
    context.fill();
    context.lineWidth = 2 / scale;
    context.stroke();
  };
  for (const { toX, toY } of handles) dot(toX, toY, 4, '#ffffff');
  frame?.forEach(([x, y]) => dot(x, y, 7, 'rgb(255 255 255 / 60%)'));
  if (!drag) return;
  context.lineWidth = 1.5 / scale;
  context.beginPath();
  context.moveTo(drag.x, drag.y);
  context.lineTo(drag.toX, drag.toY);
  context.stroke();
  dot(drag.toX, drag.toY, 6, GRID_COLOUR);
}
