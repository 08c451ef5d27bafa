import type { FloatRaster } from '../image/raster.ts';
import { pageBeats } from '../lint/page-beats.ts';
import type { PageEditor } from './page-editor.ts';
import { rowBaselines } from './template-guides.ts';
import { ascending } from '../../shared/ascending.ts';

/** What guides are drawn to; canonical pixels. */
export interface GuideSnaps {
  /** Separators, ends of leads, and edges of calibration pulses. */
  readonly marks: readonly number[];
  readonly beats: readonly number[];
  /** Zero lines of leads, and rows in which most ink lies. */
  readonly rows: readonly number[];
  readonly pxPerMm: number;
  readonly pxPerSecond: number;
}

/** Where a guide came to lie, and what drew it there. */
export interface Snapped {
  readonly at: number;
  readonly to: 'mark' | 'duration' | 'beat' | 'row' | 'mm';
}

/** Durations that columns are printed with, seconds. */
const USUAL_SECONDS = [2.5, 3, 5, 6, 10, 12];
/** Rows of ink: smoothed over this much, at least so much of the fullest one, so far apart. */
const SMOOTH_MM = 1;
const LEAST_SHARE = 0.25;
const APART_MM = 6;

/** What the guides of a page can be drawn to; 20 ms. */
export function guideSnaps(editor: PageEditor): GuideSnaps {
  const { cells, separators, pulses, speedMmPerSecond } = editor.layout();
  const pxPerMm = editor.ground.rectification.canonicalPxPerMm;
  const pxPerSecond = pxPerMm * speedMmPerSecond;
  const first = cells[0];
  const zero = first ? first.x0 - first.startSeconds * pxPerSecond : 0;
  const signals = cells.flatMap(({ id }) => editor.signal(id) ?? []);
  return {
    marks: [
      ...separators.map(({ x0, x1 }) => (x0 + x1) / 2),
      ...cells.flatMap(({ x0, x1 }) => [x0, x1]),
      ...pulses.map(({ box }) => box.x1),
    ],
    beats: pageBeats(signals).map((seconds) => zero + seconds * pxPerSecond),
    rows: [...rowBaselines(cells), ...inkRows(editor.evidence.ink.coverage, pxPerMm)],
    pxPerMm,
    pxPerSecond,
  };
}

/** Draws an edge of columns to the nearest mark, to a usual duration from its neighbour, to a beat, or to a whole mm. */
export function snapColumn(
  x: number,
  neighbours: readonly number[],
  snaps: GuideSnaps,
  reachPx: number,
): Snapped {
  const { marks, beats, pxPerMm, pxPerSecond } = snaps;
  const durations = neighbours.flatMap((other) =>
    USUAL_SECONDS.map((seconds) => other + (x < other ? -1 : 1) * seconds * pxPerSecond),
  );
  const hit =
    nearest(x, marks, reachPx, 'mark') ??
    nearest(x, durations, reachPx, 'duration') ??
    nearest(x, beats, reachPx / 2, 'beat');
  if (hit) return hit;
  const from = neighbours[0] ?? 0;
  return { at: from + Math.round((x - from) / pxPerMm) * pxPerMm, to: 'mm' };
}

/** Draws a row to the nearest row of ink, or to a whole mm. */
export function snapRow(y: number, { rows, pxPerMm }: GuideSnaps, reachPx: number): Snapped {
  return nearest(y, rows, reachPx, 'row') ?? { at: Math.round(y / pxPerMm) * pxPerMm, to: 'mm' };
}

/** Rows that hold most ink, as the zero lines of leads do; canonical pixels, from above. */
export function inkRows({ data, width, height }: FloatRaster, pxPerMm: number): number[] {
  const profile = new Float32Array(height);
  for (let y = 0; y < height; y++) {
    let sum = 0;
    for (let x = 0; x < width; x++) sum += data[y * width + x]!;
    profile[y] = sum;
  }
  const half = Math.max(1, Math.round((SMOOTH_MM * pxPerMm) / 2));
  const smooth = profile.map((_, y) => {
    let sum = 0;
    for (let k = Math.max(0, y - half); k <= Math.min(height - 1, y + half); k++) sum += profile[k]!;
    return sum;
  });
  const fullest = smooth.reduce((most, value) => Math.max(most, value), 0);
  const order = Array.from(smooth.keys())
    .filter((y) => smooth[y]! > LEAST_SHARE * fullest)
    .sort((a, b) => smooth[b]! - smooth[a]!);
  const rows: number[] = [];
  for (const y of order) if (rows.every((other) => Math.abs(other - y) > APART_MM * pxPerMm)) rows.push(y);
  return rows.sort(ascending);
}

function nearest(at: number, places: readonly number[], reachPx: number, to: Snapped['to']): Snapped | null {
  let best: number | null = null;
  for (const place of places) {
    if (Math.abs(place - at) <= reachPx && (best === null || Math.abs(place - at) < Math.abs(best - at)))
      best = place;
  }
  return best === null ? null : { at: best, to };
}
