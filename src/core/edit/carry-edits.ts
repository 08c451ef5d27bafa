import type { Digitization } from '../digitization.ts';
import type { Layout, LeadCell } from '../lead/layout.ts';
import type { WarpMap } from '../page/rectification.ts';
import { canonicalToImage, imageToCanonical } from '../page/warp-map.ts';
import {
  editedLayout,
  encodeJson,
  LAYOUT_KEY,
  maskPrefix,
  pathKey,
  pinsKey,
  pinsOf,
  type EditDocuments,
  type Pin,
} from './edit-documents.ts';
import { decodePath, encodePath, fromTracePath, type EditedPath } from './edited-path.ts';
import { isHuman, PROVENANCE } from './provenance.ts';

/**
 * Carries a person's corrections over to a page that was digitized again: columns a person drew, pins and masks stay where
 * they lie on the scan, names and scales a person stated stay stated, everything else is the new reading. Leads are told by
 * name and role, of several the nearest on the scan; a lead that is not on the page any more takes its corrections along.
 *
 * @returns the documents on top of the new reading
 */
export function carryEdits(
  before: Digitization,
  documents: EditDocuments,
  after: Digitization,
): Map<string, Uint8Array> {
  const carried = new Map<string, Uint8Array>();
  if (!before.layout || !before.rectification || !after.layout || !after.rectification) return carried;
  const from = before.rectification.warp;
  const to = after.rectification.warp;
  const old = editedLayout(before.layout, documents);
  const move = isSame(from, to)
    ? (x: number, y: number): [number, number] => [x, y]
    : (x: number, y: number): [number, number] => imageToCanonical(to, ...canonicalToImage(from, x, y));
  const layout = carryLayout(old, after.layout, documents.has(LAYOUT_KEY), move);
  if (layout !== after.layout) carried.set(LAYOUT_KEY, encodeJson(layout));
  for (const cell of old.cells) {
    const heir = heirOf(cell, layout.cells, move);
    if (!heir) continue;
    const document = documents.get(pathKey(cell.id));
    const reading = after.paths.find(({ cellId }) => cellId === heir.id);
    if (document && reading) {
      const path = carryPath(decodePath(document), fromTracePath(reading), move);
      if (path) carried.set(pathKey(heir.id), encodePath(path));
    }
    const pins = pinsOf(documents, cell.id).map(([x, y]): Pin => move(x, y));
    if (pins.length > 0) carried.set(pinsKey(heir.id), encodeJson(pins));
    for (const [key, tile] of documents) {
      const prefix = maskPrefix(cell.id);
      if (key.startsWith(prefix)) carried.set(maskPrefix(heir.id) + key.slice(prefix.length), tile);
    }
  }
  return carried;
}

type Move = (x: number, y: number) => [number, number];

function isSame(a: WarpMap, b: WarpMap): boolean {
  if (a.stepPx !== b.stepPx || a.columns !== b.columns || a.xs.length !== b.xs.length) return false;
  return a.xs.every((x, i) => x === b.xs[i]) && a.ys.every((y, i) => y === b.ys[i]);
}

/** Names and scales that a person stated stay. */
function carryLayout(old: Layout, reading: Layout, wasEdited: boolean, move: Move): Layout {
  if (!wasEdited) return reading;
  let changed = false;
  const cells = reading.cells.map((cell) => {
    const stated = old.cells.find(
      (other) => other.labelSource === 'user' && heirOf(other, [cell], move, false),
    );
    if (!stated || stated.lead === cell.lead) return cell;
    changed = true;
    return { ...cell, lead: stated.lead, labelSource: 'user' as const };
  });
  const speed = old.speedSource === 'user' && old.speedMmPerSecond !== reading.speedMmPerSecond;
  const gain = old.gainSource === 'user' && old.gainMmPerMillivolt !== reading.gainMmPerMillivolt;
  if (!changed && !speed && !gain) return reading;
  const slower = speed ? reading.speedMmPerSecond / old.speedMmPerSecond : 1;
  return {
    ...reading,
    cells: cells.map((cell) => ({
      ...cell,
      startSeconds: cell.startSeconds * slower,
      endSeconds: cell.endSeconds * slower,
    })),
    ...(speed ? { speedMmPerSecond: old.speedMmPerSecond, speedSource: 'user' as const } : {}),
    ...(gain ? { gainMmPerMillivolt: old.gainMmPerMillivolt, gainSource: 'user' as const } : {}),
  };
}

/** The cell that takes a cell's place: of the same lead and role (unless `named` is false), its middle the nearest. */
function heirOf(cell: LeadCell, cells: readonly LeadCell[], move: Move, named = true): LeadCell | null {
  const [x, y] = move((cell.x0 + cell.x1) / 2, cell.baselineY);
  let best: LeadCell | null = null;
  let least = Infinity;
  for (const other of cells) {
    if (named && (other.lead !== cell.lead || other.role !== cell.role)) continue;
    if (!named && !(x >= other.x0 && x <= other.x1 && y >= other.y0 && y <= other.y1)) continue;
    const distance = Math.hypot((other.x0 + other.x1) / 2 - x, other.baselineY - y);
    if (distance < least) [best, least] = [other, distance];
  }
  return best;
}

/** The new reading with the columns that a person drew laid over it; null where there are none. */
function carryPath(old: EditedPath, reading: EditedPath, move: Move): EditedPath | null {
  const { samplesPerPx: s, provenance } = old;
  const next = {
    fineY: reading.fineY.slice(),
    confidence: reading.confidence.slice(),
    provenance: reading.provenance.slice(),
  };
  let any = false;
  for (let first = 0; first < provenance.length; first++) {
    if (!isHuman(provenance[first]!)) continue;
    const isBlank = provenance[first] === PROVENANCE.blank;
    let last = first;
    while (last + 1 < provenance.length && isHuman(provenance[last + 1]!)) {
      if ((provenance[last + 1] === PROVENANCE.blank) !== isBlank) break;
      last++;
    }
    const points: [number, number][] = [];
    const beside = isBlank ? besideRow(old, first) : Number.NaN;
    for (let k = first * s; k <= last * s; k++) {
      const row = old.fineY[k]!;
      points.push(move(old.x0 + k / s, Number.isNaN(row) ? beside : row));
    }
    any = lay(points, provenance.subarray(first, last + 1), s, reading, next) || any;
    first = last;
  }
  return any ? { ...reading, ...next } : null;
}

/** A row near a gap, which tells where on the bent paper the gap lies. */
function besideRow({ fineY, samplesPerPx }: EditedPath, column: number): number {
  for (let off = 0; off < fineY.length; off++) {
    for (const k of [column * samplesPerPx - off, column * samplesPerPx + off]) {
      if (k >= 0 && k < fineY.length && !Number.isNaN(fineY[k]!)) return fineY[k]!;
    }
  }
  return 0;
}

/** Lays a polyline over a reading; `who` tells who drew each of its columns, `perColumn` points each. */
function lay(
  points: readonly [number, number][],
  who: Uint8Array,
  perColumn: number,
  { x0, samplesPerPx }: EditedPath,
  next: Pick<EditedPath, 'fineY' | 'confidence' | 'provenance'>,
): boolean {
  const begin = points[0]![0];
  const end = points.at(-1)![0];
  const first = Math.max(0, Math.ceil(begin - x0 - 0.5));
  const last = Math.min(next.provenance.length - 1, Math.floor(end - x0 + 0.5));
  if (last < first) return false;
  let at = 0;
  for (let k = first * samplesPerPx; k <= last * samplesPerPx; k++) {
    const x = x0 + k / samplesPerPx;
    while (at + 2 < points.length && points[at + 1]![0] < x) at++;
    const [ax, ay] = points[at]!;
    const [bx, by] = points[Math.min(points.length - 1, at + 1)]!;
    const share = bx > ax ? Math.max(0, Math.min(1, (x - ax) / (bx - ax))) : 0;
    next.fineY[k] = who[0] === PROVENANCE.blank ? Number.NaN : ay + (by - ay) * share;
    if (k % samplesPerPx !== 0) continue;
    const column = Math.round((at + share) / perColumn);
    next.provenance[k / samplesPerPx] = who[Math.min(who.length - 1, column)]!;
  }
  next.confidence.fill(1, first, last + 1);
  return true;
}
