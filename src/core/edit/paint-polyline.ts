import { imageToCanonical } from '../page/warp-map.ts';
import { startStroke, type Brush } from './brush-stroke.ts';
import type { EditedPath } from './edited-path.ts';
import type { EditResult, PageEditor } from './page-editor.ts';
import type { PageEvidence } from './page-evidence.ts';
import { splice, type Stretch } from './solve-stretch.ts';

export interface PolylineOptions extends Brush {
  /** The lead's path becomes the line itself instead of following the ink under it. */
  readonly setsPath: boolean;
}

/** Share of ink from which a line does not lie on bare paper. */
const INKED = 0.3;

/**
 * Draws a line through image points into a lead's mask, as thick as the brush, or rubs it out. The path follows the mask, or
 * the line itself where that is asked for: where the line turns back, its later part counts. Null where nothing changes.
 */
export function paintPolyline(
  editor: PageEditor,
  cellId: string,
  points: readonly (readonly [number, number])[],
  { setsPath, ...brush }: PolylineOptions,
): EditResult | null {
  const stroke = startStroke(editor, cellId, brush);
  for (const [x, y] of points) stroke.extend(x, y);
  const path = editor.path(cellId);
  if (!setsPath || brush.mode === 'erase' || !path) return stroke.finish();
  const { warp } = editor.ground.rectification;
  const line = points.map(([x, y]) => imageToCanonical(warp, x, y));
  const stretch = stretchAlong(line, path, editor.evidenceOf(cellId));
  if (!stretch) return stroke.finish();
  const from = stretch.x0;
  const to = from + stretch.bare.length - 1;
  const pins = editor.pins(cellId).filter(([x]) => x < from || x > to);
  const next = splice(path, stretch, from, to);
  return editor.update(
    new Map([[cellId, { path: next, pins, tiles: stroke.touched, columns: { from, to } }]]),
  );
}

/** The rows of a line on the columns of a path; null where it covers none. */
function stretchAlong(
  line: readonly (readonly [number, number])[],
  { x0, samplesPerPx: s, provenance }: EditedPath,
  { ink, pen }: PageEvidence,
): Stretch | null {
  const columns = line.map(([x]) => x);
  const from = Math.max(x0, Math.ceil(Math.min(...columns)));
  const to = Math.min(x0 + provenance.length - 1, Math.floor(Math.max(...columns)));
  if (to < from) return null;
  const fineY = new Float64Array((to - from) * s + 1);
  for (let k = 1; k < line.length; k++) {
    const [[ax, ay], [bx, by]] = [line[k - 1]!, line[k]!];
    const first = Math.max(0, Math.ceil((Math.min(ax, bx) - from) * s));
    const last = Math.min(fineY.length - 1, Math.floor((Math.max(ax, bx) - from) * s));
    for (let at = first; at <= last; at++) {
      const share = bx === ax ? 1 : (from + at / s - ax) / (bx - ax);
      fineY[at] = ay + (by - ay) * share;
    }
  }
  const { data, width, height } = ink.coverage;
  const reach = Math.max(1, Math.round(pen.radiusPx));
  const bare = Uint8Array.from({ length: to - from + 1 }, (_, column) => {
    const row = Math.round(fineY[column * s]!);
    for (let y = Math.max(0, row - reach); y <= Math.min(height - 1, row + reach); y++) {
      if (data[y * width + from + column]! >= INKED) return 0;
    }
    return 1;
  });
  return { x0: from, fineY, bare };
}
