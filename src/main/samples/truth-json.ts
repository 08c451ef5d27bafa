import type { PageTruth } from '../../core/synthesis/page/page-truth.ts';

/** What is true of a drawn page besides its signals: layout, scale and where each lead is printed. */
export function truthJson(truth: PageTruth): string {
  const spans: Record<string, [number, number]> = {};
  // Rhythm strips come last and win, as in the table of signals.
  for (const cell of truth.cells) spans[cell.lead] = [cell.startSeconds, cell.endSeconds];
  const content = {
    layout: truth.layout,
    cabrera: truth.cabrera,
    rhythm: truth.cells.filter((cell) => cell.role === 'rhythm').map((cell) => cell.lead),
    speed_mm_per_s: truth.speedMmPerSecond,
    gain_mm_per_mv: truth.gainMmPerMillivolt,
    fs_hz: truth.signals.fs,
    px_per_mm: [round(truth.pxPerMmX), round(truth.pxPerMmY)],
    corners_px: truth.corners.map(([x, y]) => [round(x), round(y)]),
    spans_s: spans,
    source: 'synthetic: drawn by Tracewright from a simulated heart',
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
