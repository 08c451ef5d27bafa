import type { Box } from '../../core/image/raster.ts';
import type { PageTruth } from '../../core/synthesis/page/page-truth.ts';
import type { RandomPage } from '../../core/synthesis/random-page/random-page-options.ts';

/** What a drawn page's JSON says besides its truth. */
export interface PageOrigin {
  readonly image: string;
  readonly width: number;
  readonly height: number;
  /** Name of the record, or of the model and its kind of heart. */
  readonly record: string;
  readonly preset: string;
  /** Seed of the page itself. */
  readonly seed: number;
  /** Everything the page was asked for, so that a second run can tell whether it would draw the same. */
  readonly recipe: string;
  readonly page: RandomPage;
}

/**
 * Everything that is true of a drawn page, as `NAME.json`; docs/formats.md describes the fields. Pixels are those of
 * the picture, centres at integers, boxes `[x0, y0, x1, y1]` with `x1`, `y1` one past the last pixel.
 */
export function writePageTruth(truth: PageTruth, origin: PageOrigin): string {
  const spans: Record<string, [number, number]> = {};
  // Rhythm strips come last and win, as in the table of signals.
  for (const cell of truth.cells) spans[cell.lead] = [cell.startSeconds, cell.endSeconds];
  const { lattice } = truth;
  const content = {
    format: 1,
    image: origin.image,
    width: origin.width,
    height: origin.height,
    record: origin.record,
    preset: origin.preset,
    kind: origin.page.kind,
    seed: origin.seed,
    recipe: origin.recipe,
    layout: truth.layout,
    cabrera: truth.cabrera,
    rhythm: truth.cells.filter(({ role }) => role === 'rhythm').map(({ lead }) => lead),
    speed_mm_per_s: truth.speedMmPerSecond,
    gain_mm_per_mv: truth.gainMmPerMillivolt,
    fs_hz: truth.signals.fs,
    px_per_mm: [rounded(truth.pxPerMmX), rounded(truth.pxPerMmY)],
    spans_s: spans,
    corners_px: truth.corners.map(([x, y]) => [rounded(x), rounded(y)]),
    cells: truth.cells.map((cell, bit) => ({
      id: cell.id,
      lead: cell.lead,
      role: cell.role,
      row: cell.row,
      column: cell.column,
      mask_bit: bit,
      start_s: cell.startSeconds,
      end_s: cell.endSeconds,
      source_start_s: cell.sourceSeconds,
      gain_mm_per_mv: cell.gainMmPerMillivolt,
      inverted: cell.inverted,
      pen_px: rounded(cell.penPx),
      box: boxOf(cell.box),
      trace_box: boxOf(cell.traceBox),
      label_box: cell.labelBox && boxOf(cell.labelBox),
      trace_px: Array.from(cell.tracePx, (value) => Math.round(value * 10) / 10),
    })),
    pulses: truth.pulses.map(({ row, side, box }) => ({ row, side, box: boxOf(box) })),
    separators: truth.separators.map(boxOf),
    texts: truth.texts.map(({ text, kind, box }) => ({ text, kind, box: boxOf(box) })),
    extras: truth.extras.map(({ kind, text, box }) => ({ kind, text, box: boxOf(box) })),
    lattice: lattice && {
      spacing_mm: lattice.spacingMm,
      columns: lattice.columns,
      rows: lattice.rows,
      xs: Array.from(lattice.xs, rounded),
      ys: Array.from(lattice.ys, rounded),
    },
    page: withoutStrokes(origin.page),
    source: 'synthetic page drawn by Tracewright',
  };
  const json = JSON.stringify(content, null, 2);
  return json.replace(/\[\s+([-+\d.e,\s]|null)*?\s*\]/g, (list) => list.replace(/\s+/g, ' ')) + '\n';
}

/** The options of a page; the strokes of extras would fill megabytes and follow from the seed. */
function withoutStrokes(page: RandomPage): object {
  const { extras = [], ...options } = page;
  return { ...options, extras: extras.map(({ kind, text, pen }) => ({ kind, text, pen })) };
}

function boxOf({ x0, y0, x1, y1 }: Box): [number, number, number, number] {
  return [x0, y0, x1, y1];
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
