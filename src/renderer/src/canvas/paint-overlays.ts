import { tracePath } from './build-paths.ts';
import { LEVEL_CASES, LEVEL_LOOKS } from './confidence-colours.ts';
import type { GradedPaths } from './graded-paths.ts';
import { leadColour } from './lead-palette.ts';
import { polygonBounds, type Points } from './polygon.ts';
import { TEXT_BOX_LOOK } from './text-box-look.ts';
import { UI_FONT } from './ui-font.ts';
import type { SceneLead, SceneModel, SceneStyle } from './scene-model.ts';

type Context = CanvasRenderingContext2D;

const GRID_COLOUR = '#0080a8';
const PULSE_COLOUR = '#9a5b00';
const HIGHLIGHT_COLOUR = 'rgb(255 196 0 / 50%)';
const LABEL_FONT = `600 10px ${UI_FONT}`;

/** Paints the grid lattice and the paper's corners; the context is in image pixels, `scale` CSS pixels each. */
export function paintGrid(context: Context, model: SceneModel, scale: number): void {
  context.strokeStyle = GRID_COLOUR;
  context.lineWidth = Math.max(0.75, Math.min(1.5, scale * 2)) / scale;
  context.stroke(model.grid);
  if (!model.corners) return;
  context.lineWidth = 1.5 / scale;
  context.setLineDash([6 / scale, 4 / scale]);
  context.stroke(model.corners);
  context.setLineDash([]);
}

/** Paints the lead boxes with their names; the hovered one is filled. */
export function paintBoxes(context: Context, model: SceneModel, style: SceneStyle, scale: number): void {
  for (const { cell, outline } of model.leads) {
    const colour = leadColour(cell.lead);
    const hovered = style.hoveredCell === cell.id || style.highlight?.cellIds.includes(cell.id) === true;
    context.lineWidth = (hovered ? 2 : 1) / scale;
    context.strokeStyle = colour;
    if (hovered) {
      context.save();
      context.globalAlpha *= 0.1;
      context.fillStyle = colour;
      context.fill(outline);
      context.restore();
    }
    context.setLineDash(cell.labelSource === 'layout' ? [5 / scale, 3 / scale] : []);
    context.stroke(outline);
  }
  context.setLineDash([]);
  for (const { cell, box } of model.leads) {
    const corner = box[0];
    if (corner)
      paintTag(context, cell.inverted ? `−${cell.lead}` : cell.lead, corner, leadColour(cell.lead), scale);
  }
}

/**
 * Paints the traces in the colours of their leads, in a case that tells where and how far they are doubtful, or in the colours
 * of confidence; the hovered lead strong, the others stepping back.
 */
export function paintTraces(context: Context, model: SceneModel, style: SceneStyle, scale: number): void {
  context.lineJoin = 'round';
  context.lineCap = 'round';
  if (model.differing) {
    context.save();
    context.globalAlpha *= 0.35;
    context.strokeStyle = model.differing.colour;
    context.lineWidth = 14 / scale;
    context.stroke(model.differing.path);
    context.restore();
  }
  paintHighlight(context, model, style, scale);
  const hovered = model.leads.find(({ cell, path }) => path && cell.id === style.hoveredCell);
  if (style.traceColours === 'confidence') paintByConfidence(context, model, hovered, scale);
  else paintByLead(context, model, hovered, scale);
  for (const { human, cell } of model.leads) {
    if (!human) continue;
    context.save();
    if (hovered && hovered.cell !== cell) context.globalAlpha *= STEP_BACK;
    // A light core tells a person's line from the machine's.
    context.strokeStyle = '#ffffff';
    context.lineWidth = 0.4 * traceWidth(scale) * (hovered?.cell === cell ? STRONG : 1);
    context.setLineDash([3 / scale, 3 / scale]);
    context.stroke(human);
    context.restore();
  }
}

/** The hovered line is so much wider, and the others let so much through. */
const STRONG = 1.6;
const STEP_BACK = 0.4;

function paintByLead(
  context: Context,
  model: SceneModel,
  hovered: SceneLead | undefined,
  scale: number,
): void {
  // Darkest last: where two meet the worse is seen.
  for (let level = LEVEL_CASES.length - 1; level >= 0; level--) {
    const path = model.graded[level];
    if (!path) continue;
    context.strokeStyle = LEVEL_CASES[level]!.colour;
    context.lineWidth = LEVEL_CASES[level]!.width / scale;
    context.stroke(path);
  }
  for (const { cell, path } of model.leads) {
    if (!path) continue;
    context.save();
    if (hovered && hovered.cell !== cell) context.globalAlpha *= STEP_BACK;
    context.strokeStyle = leadColour(cell.lead);
    context.lineWidth = traceWidth(scale) * (hovered?.cell === cell ? STRONG : 1);
    context.stroke(path);
    context.restore();
  }
}

/** All leads in a stroke a level; the hovered one once more. */
function paintByConfidence(
  context: Context,
  model: SceneModel,
  hovered: SceneLead | undefined,
  scale: number,
): void {
  const stroke = (paths: GradedPaths, width: number): void => {
    for (let level = LEVEL_LOOKS.length - 1; level >= 0; level--) {
      const path = paths[level];
      if (!path) continue;
      context.strokeStyle = LEVEL_LOOKS[level]!.colour;
      context.lineWidth = width * LEVEL_LOOKS[level]!.width;
      context.stroke(path);
    }
  };
  context.save();
  if (hovered) context.globalAlpha *= STEP_BACK;
  stroke(model.graded, traceWidth(scale));
  context.restore();
  if (hovered?.graded) stroke(hovered.graded, STRONG * traceWidth(scale));
}

/** About 1.6 CSS pixels, growing slowly when zoomed in; in image pixels. */
function traceWidth(scale: number): number {
  return Math.min(3, 1.3 + 0.5 * Math.sqrt(scale)) / scale;
}

function paintHighlight(context: Context, model: SceneModel, style: SceneStyle, scale: number): void {
  const { highlight } = style;
  if (!highlight || highlight.startSeconds === null) return;
  context.strokeStyle = HIGHLIGHT_COLOUR;
  context.lineWidth = 16 / scale;
  for (const { cell, trace } of model.leads) {
    if (!trace || !highlight.cellIds.includes(cell.id)) continue;
    context.stroke(tracePath(trace, highlight.startSeconds, highlight.endSeconds ?? Infinity));
  }
}

/** Paints the calibration pulses with their measured height. */
export function paintPulses(context: Context, model: SceneModel, scale: number): void {
  for (const pulse of model.detail.pulses) {
    paintOutline(context, pulse.outline, PULSE_COLOUR, scale);
    const { x0, y1 } = polygonBounds(pulse.outline);
    paintTag(context, `${pulse.heightMm.toFixed(1)} mm`, [x0, y1 + 16 / scale], PULSE_COLOUR, scale);
  }
}

/** Paints the print on the page and what it is; identity is filled, as it is to be taken out. */
export function paintText(context: Context, model: SceneModel, scale: number): void {
  for (const { kind, text, x0, y0, x1, y1 } of model.detail.textBoxes.boxes) {
    const { colour, dash } = TEXT_BOX_LOOK[kind];
    if (kind === 'identity') {
      context.fillStyle = `${colour}33`;
      context.fillRect(x0, y0, x1 - x0, y1 - y0);
    }
    context.strokeStyle = colour;
    context.lineWidth = 1.25 / scale;
    context.setLineDash(dash.map((length) => length / scale));
    context.strokeRect(x0, y0, x1 - x0, y1 - y0);
    context.setLineDash([]);
    if (text) paintTag(context, text, [x0, y0], colour, scale);
  }
}

function paintOutline(context: Context, outline: Points, colour: string, scale: number): void {
  context.strokeStyle = colour;
  context.lineWidth = 1.25 / scale;
  context.beginPath();
  outline.forEach(([x, y], i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
  context.closePath();
  context.stroke();
}

function paintTag(
  context: Context,
  text: string,
  [x, y]: readonly [number, number],
  colour: string,
  scale: number,
): void {
  context.save();
  context.translate(x, y);
  context.scale(1 / scale, 1 / scale);
  context.font = LABEL_FONT;
  const width = context.measureText(text).width + 7;
  context.fillStyle = colour;
  context.beginPath();
  context.roundRect(0, -14, width, 13, 3);
  context.fill();
  context.fillStyle = '#ffffff';
  context.textBaseline = 'middle';
  context.fillText(text, 3.5, -7);
  context.restore();
}

/** Which leads of the model cover a page time. */
export function leadsAt(model: SceneModel, seconds: number): readonly SceneLead[] {
  return model.leads.filter(({ cell }) => seconds >= cell.startSeconds && seconds <= cell.endSeconds);
}
