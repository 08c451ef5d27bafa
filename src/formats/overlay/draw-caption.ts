import type { Digitization } from '../../core/digitization.ts';
import type { Raster } from '../../core/image/raster.ts';
import { LEAD_NAMES } from '../../shared/lead-name.ts';
import { drawText } from './draw-text.ts';
import { CAPTION_INK, FAILURE_COLOUR } from './overlay-colours.ts';
import type { StrokeLayer } from './stroke-layer.ts';

/** How many lines the caption takes: one, and one more for the gravest reason where there is one. */
export function captionLines(page: Digitization): 1 | 2 {
  return gravestReason(page) ? 2 : 1;
}

/** Writes the lines above the page: status, layout, scale, confidence, leads; in red, the gravest reason. */
export function drawCaption(picture: Raster, layer: StrokeLayer, page: Digitization, linePx: number): void {
  const capPx = linePx * 0.42;
  const x = linePx * 0.4;
  const colour = page.status === 'failed' ? FAILURE_COLOUR : CAPTION_INK;
  drawText(picture, layer, captionText(page), { x, y: linePx * 0.7, capPx, colour });
  const gravest = gravestReason(page);
  if (!gravest) return;
  const room = Math.floor((picture.width - 2 * x) / (capPx * 0.72));
  const text = gravest.length > room ? `${gravest.slice(0, room - 2)}..` : gravest;
  drawText(picture, layer, text, { x, y: linePx * 1.6, capPx: capPx * 0.9, colour: FAILURE_COLOUR });
}

/** E.g. `ok  3x4+1 (II)  25 mm/s  10 mm/mV  confidence 0.93  12 leads`. */
export function captionText({ status, confidence, layout, signals }: Digitization): string {
  if (!layout) return `${status}: no layout`;
  const rhythm = layout.cells.filter(({ role }) => role === 'rhythm').map(({ lead }) => lead);
  const found = LEAD_NAMES.filter((lead) => signals.some((signal) => signal.lead === lead)).length;
  const printed = new Set(layout.cells.map(({ lead }) => lead)).size;
  return [
    status,
    layout.kind + (layout.cabrera ? ' Cabrera' : '') + (rhythm.length > 0 ? ` (${rhythm.join(', ')})` : ''),
    `${trim(layout.speedMmPerSecond)} mm/s`,
    `${trim(layout.gainMmPerMillivolt)} mm/mV`,
    `confidence ${confidence.toFixed(2)}`,
    `${found}/${printed} leads`,
  ].join('   ');
}

function gravestReason({ reasons, findings }: Digitization): string | null {
  const all = [...reasons, ...findings];
  const reason =
    all.find(({ severity }) => severity === 'error') ?? all.find(({ severity }) => severity === 'warning');
  return reason?.message ?? null;
}

function trim(value: number): string {
  return String(Number(value.toFixed(1)));
}
