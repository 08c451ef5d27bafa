import { leadColour } from './lead-palette.ts';
import { leadsAt } from './paint-overlays.ts';
import type { SceneModel } from './scene-model.ts';
import { tracePointAt } from './trace-geometry.ts';

/** What the cursor layer shows: the linked moment and a measuring line, image pixels. */
export interface CursorMarks {
  readonly cellId: string | null;
  readonly seconds: number | null;
  readonly measure: {
    readonly from: readonly [number, number];
    readonly to: readonly [number, number];
  } | null;
}

/** Paints a dot on every lead that shows the moment, a ring on the pointed one, and the measuring line. */
export function paintCursor(
  context: CanvasRenderingContext2D,
  model: SceneModel,
  marks: CursorMarks,
  scale: number,
): void {
  if (marks.seconds !== null) {
    for (const { cell, trace, down, outline } of leadsAt(model, marks.seconds)) {
      const point = trace && tracePointAt(trace, marks.seconds);
      if (!point) continue;
      const pointed = cell.id === marks.cellId;
      dot(context, point, pointed ? 5 : 3, leadColour(cell.lead), scale);
      if (pointed) paintTimeLine(context, outline, down, point, scale);
    }
  }
  if (marks.measure) paintMeasure(context, marks.measure.from, marks.measure.to, scale);
}

function dot(
  context: CanvasRenderingContext2D,
  [x, y]: readonly [number, number],
  radius: number,
  colour: string,
  scale: number,
): void {
  context.beginPath();
  context.arc(x, y, radius / scale, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
  context.lineWidth = 1.5 / scale;
  context.strokeStyle = '#ffffff';
  context.stroke();
}

/** A line through the point across the paper, as far as the lead's box reaches. */
function paintTimeLine(
  context: CanvasRenderingContext2D,
  outline: Path2D,
  [dx, dy]: readonly [number, number],
  [x, y]: readonly [number, number],
  scale: number,
): void {
  context.save();
  context.clip(outline);
  context.beginPath();
  context.moveTo(x - dx, y - dy);
  context.lineTo(x + dx, y + dy);
  context.lineWidth = 1 / scale;
  context.strokeStyle = 'rgb(20 30 50 / 55%)';
  context.stroke();
  context.restore();
}

function paintMeasure(
  context: CanvasRenderingContext2D,
  from: readonly [number, number],
  to: readonly [number, number],
  scale: number,
): void {
  context.lineWidth = 1.5 / scale;
  context.strokeStyle = '#1f5fd6';
  context.fillStyle = 'rgb(31 95 214 / 12%)';
  context.beginPath();
  context.rect(from[0], from[1], to[0] - from[0], to[1] - from[1]);
  context.fill();
  context.stroke();
}
