import type { Axis } from './axis.ts';
import { escapeHtml } from './escape-html.ts';

/** Where the data of a plot lie within its picture, pixels. */
export interface PlotBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Axes and what they are called. */
export interface PlotFrame {
  readonly width: number;
  readonly height: number;
  readonly box: PlotBox;
  /** null: the plot names its own places along that side. */
  readonly x: Axis | null;
  readonly y: Axis | null;
  readonly xTitle: string;
  readonly yTitle: string;
  /** What the picture shows, for those who cannot see it. */
  readonly label: string;
}

/** A plot as an inline SVG: grid lines, ticks and titles around `content`. Colours come from the page's style. */
export function plotSvg(frame: PlotFrame, content: string): string {
  const { width, height, box, x, y } = frame;
  const parts: string[] = [];
  for (const { value, text } of y?.ticks ?? []) {
    const at = number(y!.at(value));
    parts.push(`<line class="grid" x1="${box.left}" x2="${box.right}" y1="${at}" y2="${at}"/>`);
    parts.push(
      `<text class="tick" x="${box.left - 6}" y="${at}" dy="0.35em" text-anchor="end">${text}</text>`,
    );
  }
  for (const { value, text } of x?.ticks ?? []) {
    const at = number(x!.at(value));
    parts.push(`<line class="grid" x1="${at}" x2="${at}" y1="${box.top}" y2="${box.bottom}"/>`);
    parts.push(`<text class="tick" x="${at}" y="${box.bottom + 15}" text-anchor="middle">${text}</text>`);
  }
  const middleX = (box.left + box.right) / 2;
  const middleY = (box.top + box.bottom) / 2;
  parts.push(
    content,
    `<text class="title" x="${middleX}" y="${height - 4}" text-anchor="middle">${escapeHtml(frame.xTitle)}</text>`,
    `<text class="title" transform="translate(12 ${middleY}) rotate(-90)" text-anchor="middle">${escapeHtml(frame.yTitle)}</text>`,
  );
  return (
    `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" ` +
    `aria-label="${escapeHtml(frame.label)}">${parts.join('')}</svg>`
  );
}

/** A coordinate with no more digits than a picture can show. */
export function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}
