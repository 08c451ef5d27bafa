import type { Digitization } from '../../core/digitization.ts';
import type { Raster } from '../../core/image/raster.ts';
import { LEAD_NAMES } from '../../shared/lead-name.ts';
import { drawText } from './draw-text.ts';
import { CAPTION_INK, FAILURE_COLOUR } from './overlay-colours.ts';
import type { StrokeLayer } from './stroke-layer.ts';

/** Writes the line above the page: status, layout, scale, confidence, leads and, in red, the gravest reason. */
export function drawCaption(picture: Raster, layer: StrokeLayer, page: Digitization, heightPx: number): void {
  const capPx = heightPx * 0.42;
  const y = heightPx * 0.7;
  const x = heightPx * 0.4;
  const facts = captionText(page);
  const colour = page.status === 'failed' ? FAILURE_COLOUR : CAPTION_INK;
  const end = x + drawText(picture, layer, facts, { x, y, capPx, colour }) + 2 * capPx;
  const gravest = gravestReason(page);
  const room = Math.floor((picture.width - end) / (capPx * 0.75));
  if (!gravest || room < 12) return;
  const text = gravest.length > room ? `${gravest.slice(0, room - 2)}..` : gravest;
  drawText(picture, layer, text, { x: end, y, capPx, colour: FAILURE_COLOUR });
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
