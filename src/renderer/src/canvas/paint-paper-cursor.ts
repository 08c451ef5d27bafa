import { leadColour } from './lead-palette.ts';
import type { PaperColours } from './paper-colours.ts';
import type { PaperView } from './paint-paper.ts';
import { millivoltsAt, type StripLayout } from './strip-layout.ts';

/** A measuring box on the paper, CSS pixels of the window. */
export interface PaperMeasure {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** Paints the linked moment on every strip that covers it, and the measuring box. */
export function paintPaperCursor(
  context: CanvasRenderingContext2D,
  layout: StripLayout,
  view: PaperView,
  colours: PaperColours,
  cursor: { readonly cellId: string; readonly seconds: number } | null,
  measure: PaperMeasure | null,
): void {
  context.clearRect(0, 0, view.width, view.height);
  if (cursor) {
    for (const strip of layout.strips) {
      if (cursor.seconds < strip.startSeconds || cursor.seconds > strip.endSeconds) continue;
      const pointed = strip.cellId === cursor.cellId;
      const xMm = strip.xMm + (cursor.seconds - strip.startSeconds) * view.speedMmPerSecond;
      const x = xMm * view.pxPerMm - view.scrollX;
      context.fillStyle = colours.cursor;
      context.globalAlpha = pointed ? 0.9 : 0.4;
      context.fillRect(
        Math.round(x),
        strip.topMm * view.pxPerMm - view.scrollY,
        1,
        (strip.bottomMm - strip.topMm) * view.pxPerMm,
      );
      context.globalAlpha = 1;
      const value = millivoltsAt(strip.signal, cursor.seconds);
      if (value === null) continue;
      const y = (strip.baselineMm - value * view.gainMmPerMillivolt) * view.pxPerMm - view.scrollY;
      context.beginPath();
      context.arc(x, y, pointed ? 4 : 2.5, 0, 2 * Math.PI);
      context.fillStyle = leadColour(strip.lead, view.theme === 'dark' ? 'dark' : 'paper');
      context.fill();
      context.lineWidth = 1.5;
      context.strokeStyle = colours.paper;
      context.stroke();
    }
  }
  if (!measure) return;
  const x = Math.min(measure.x0, measure.x1);
  const y = Math.min(measure.y0, measure.y1);
  const width = Math.abs(measure.x1 - measure.x0);
  const height = Math.abs(measure.y1 - measure.y0);
  context.fillStyle = colours.measure;
  context.fillRect(x, y, width, height);
  context.strokeStyle = colours.cursor;
  context.lineWidth = 1;
  context.strokeRect(Math.round(x) + 0.5, Math.round(y) + 0.5, Math.round(width), Math.round(height));
}
