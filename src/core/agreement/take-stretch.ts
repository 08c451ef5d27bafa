import type { EditedPath } from '../edit/edited-path.ts';
import { maskHas, setMask, tilePlace, TILE_PX, type TouchedTiles } from '../edit/mask-tiles.ts';
import type { EditResult, PageEditor } from '../edit/page-editor.ts';
import { imageToCanonical } from '../page/warp-map.ts';

/** Two lines that come so near count as one, canonical pixels. */
const MEET_PX = 0.25;
/** How far beyond a stretch its ends are sought where the two lines meet, seconds. */
const SEEK_SECONDS = 0.1;

/**
 * Makes a stretch of a lead what it is in another reading: path, pins and mask; page time in seconds. It ends where the two
 * lines meet, if that is near. Null where the two do not trace the lead in the same place.
 */
export function takeStretch(
  editor: PageEditor,
  other: PageEditor,
  cellId: string,
  stretch: { readonly startSeconds: number; readonly endSeconds: number },
): EditResult | null {
  const path = editor.path(cellId);
  const theirs = other.path(cellId);
  if (!path || !theirs || path.samplesPerPx !== theirs.samplesPerPx) return null;
  const cell = editor.cell(cellId);
  const perSecond = (cell.x1 - cell.x0) / (cell.endSeconds - cell.startSeconds);
  const column = (seconds: number): number => cell.x0 + (seconds - cell.startSeconds) * perSecond;
  const first = Math.max(path.x0, theirs.x0);
  const last = Math.min(path.x0 + path.provenance.length, theirs.x0 + theirs.provenance.length) - 1;
  const seek = Math.ceil(SEEK_SECONDS * perSecond);
  const clamp = (x: number): number => Math.max(first, Math.min(last, x));
  const from = meeting(path, theirs, clamp(Math.floor(column(stretch.startSeconds))), -1, first, seek);
  const to = meeting(path, theirs, clamp(Math.ceil(column(stretch.endSeconds))), 1, last, seek);
  if (to < from) return null;
  const pins = [
    ...editor.pins(cellId).filter(([x]) => x < from || x > to),
    ...other.pins(cellId).filter(([x]) => x >= from && x <= to),
  ].sort(([a], [b]) => a - b);
  const next = spliced(path, theirs, from, to);
  const isPainted = editor.ownsMask(cellId) || other.ownsMask(cellId);
  const tiles = isPainted ? takeMask(editor, other, cellId, from, to) : undefined;
  const isHeld = !tiles?.size && isSameLine(path, next) && String(pins) === String(editor.pins(cellId));
  if (isHeld) return { changes: [], cellIds: [] };
  return editor.update(
    new Map([[cellId, { path: next, pins, columns: { from, to }, ...(tiles ? { tiles } : {}) }]]),
  );
}

/** The column from which on the two lines are one again, going outwards from the end of a stretch. */
function meeting(a: EditedPath, b: EditedPath, x: number, way: 1 | -1, end: number, seek: number): number {
  const s = a.samplesPerPx;
  for (let at = x; way * (end - at) >= 0 && Math.abs(at - x) <= seek; at += way) {
    const apart = Math.abs(a.fineY[(at - a.x0) * s]! - b.fineY[(at - b.x0) * s]!);
    if (apart <= MEET_PX) return at;
  }
  return x;
}

function spliced(path: EditedPath, theirs: EditedPath, from: number, to: number): EditedPath {
  const s = path.samplesPerPx;
  const fineY = path.fineY.slice();
  const confidence = path.confidence.slice();
  const provenance = path.provenance.slice();
  const here = from - path.x0;
  const there = from - theirs.x0;
  const columns = to - from + 1;
  fineY.set(theirs.fineY.subarray(there * s, (there + columns - 1) * s + 1), here * s);
  confidence.set(theirs.confidence.subarray(there, there + columns), here);
  provenance.set(theirs.provenance.subarray(there, there + columns), here);
  return { ...path, fineY, confidence, provenance };
}

function isSameLine(a: EditedPath, b: EditedPath): boolean {
  return (['fineY', 'confidence', 'provenance'] as const).every((key) =>
    a[key].every((value, i) => Object.is(value, b[key][i])),
  );
}

/** Makes the mask what the other's is in these columns; the tiles as they were. */
function takeMask(
  editor: PageEditor,
  other: PageEditor,
  cellId: string,
  from: number,
  to: number,
): TouchedTiles {
  const touched: TouchedTiles = new Map();
  const mine = editor.mask(cellId);
  const theirs = other.mask(cellId);
  const { warp } = editor.ground.rectification;
  for (const name of new Set([...mine.keys(), ...theirs.keys()])) {
    const { i, j } = tilePlace(name);
    for (let y = j * TILE_PX; y < (j + 1) * TILE_PX; y++) {
      for (let x = i * TILE_PX; x < (i + 1) * TILE_PX; x++) {
        const value = maskHas(theirs, x, y);
        if (value === maskHas(mine, x, y)) continue;
        const [column] = imageToCanonical(warp, x, y);
        if (column >= from - 0.5 && column <= to + 0.5) setMask(mine, x, y, value ? 1 : 0, touched);
      }
    }
  }
  return touched;
}
