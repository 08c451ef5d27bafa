import { polylinesPath } from './build-paths.ts';
import type { GuideLine, GuideMarks } from './guide-marks.ts';
import { leadColour } from './lead-palette.ts';
import { UI_FONT } from './ui-font.ts';

const COLOUR = '#0b6bcb';
const SNAPPED_COLOUR = '#0a7d3c';

/** Paints the guides of a layout and the names its leads would have; the context is in image pixels. */
export function paintGuides(
  context: CanvasRenderingContext2D,
  { columns, rows, names }: GuideMarks,
  scale: number,
): void {
  const draw = ({ points, held, snapped }: GuideLine, dash: readonly number[]): void => {
    const path = polylinesPath([points]);
    context.setLineDash([]);
    context.strokeStyle = 'rgb(255 255 255 / 75%)';
    context.lineWidth = (held ? 5 : 4) / scale;
    context.stroke(path);
    context.setLineDash(dash.map((length) => length / scale));
    context.strokeStyle = snapped ? SNAPPED_COLOUR : COLOUR;
    context.lineWidth = (held ? 3 : 1.75) / scale;
    context.stroke(path);
  };
  for (const line of rows) draw(line, [8, 5]);
  for (const line of columns) draw(line, []);
  context.setLineDash([]);
  for (const { lead, x, y } of names) {
    context.save();
    context.translate(x, y);
    context.scale(1 / scale, 1 / scale);
    context.font = `600 12px ${UI_FONT}`;
    const width = context.measureText(lead).width + 10;
    context.fillStyle = leadColour(lead);
    context.beginPath();
    context.roundRect(5, -9, width, 18, 4);
    context.fill();
    context.fillStyle = '#ffffff';
    context.textBaseline = 'middle';
    context.fillText(lead, 10, 0.5);
    context.restore();
  }
}
