import type { PageTextBoxes } from '../../shared/api/text-boxes.ts';
import type { ByteChange } from '../../shared/edit/byte-change.ts';
import { applyChange, changeBetween } from '../../shared/edit/byte-change.ts';
import type { Digitization } from '../digitization.ts';
import type { Layout, LeadCell } from '../lead/layout.ts';
import type { LeadSignal } from '../signal/lead-signal.ts';
import { claimLine, createClaims, MOST_ROWS, otherRows, type InkClaims } from '../trace/ink-claims.ts';
import { editedPath, editedSignal } from './apply-edits.ts';
import {
  editedLayout,
  encodeJson,
  LAYOUT_KEY,
  maskPrefix,
  pathKey,
  pinsKey,
  pinsOf,
  regionKey,
  regionsOf,
  TEXT_KEY,
  type Pin,
} from './edit-documents.ts';
import { encodePath, toTracePath, type EditedPath } from './edited-path.ts';
import { drawPathMask, type MaskGround } from './mask-from-path.ts';
import { dropEmpty, type MaskTiles, type TouchedTiles } from './mask-tiles.ts';
import type { PageEvidence } from './page-evidence.ts';
import { paintedTiles } from './painted-tiles.ts';
import { createRegionEvidence } from './region-evidence.ts';
import { encodeRegion, type PageRegion } from '../region/page-region.ts';
import { textBoxesOf } from './text-boxes.ts';

/** What an action changed. */
export interface EditResult {
  readonly changes: readonly ByteChange[];
  /** Leads whose path, signal or mask is another now. */
  readonly cellIds: readonly string[];
}

/** Next state of the documents of one lead; what is absent stays. */
export interface LeadUpdate {
  readonly path?: EditedPath;
  readonly pins?: readonly Pin[];
  /** Columns of the path that are others than before; all when absent. */
  readonly columns?: { readonly from: number; readonly to: number };
  /** Tiles of the mask as they were; the mask itself holds their next state. */
  readonly tiles?: TouchedTiles;
}

/** A page being corrected: its documents, and what follows from them. Tools work on it; it knows no pointer and no server. */
export interface PageEditor {
  readonly base: Digitization;
  readonly documents: Map<string, Uint8Array>;
  /** The ink as it holds for all leads, regions honoured. */
  readonly evidence: PageEvidence;
  readonly ground: MaskGround;
  layout(): Layout;
  /** @throws RangeError for a cell that is not on the page */
  cell(cellId: string): LeadCell;
  path(cellId: string): EditedPath | null;
  /** The ink as it holds for one lead. */
  evidenceOf(cellId: string): PageEvidence;
  regions(): readonly PageRegion[];
  /** The lead's path as the machine left it. */
  machinePath(cellId: string): EditedPath | null;
  signal(cellId: string): LeadSignal | null;
  pins(cellId: string): readonly Pin[];
  /** The lead's mask; drawn from its path until somebody painted on it. Some 30 ms for ten seconds of lead when it is first asked for. */
  mask(cellId: string): MaskTiles;
  /** Whether the mask is at hand, so that asking for it costs nothing. */
  hasMask(cellId: string): boolean;
  /** Whether the mask was painted on, so that it is kept as documents. */
  ownsMask(cellId: string): boolean;
  /** Drops what was painted on a mask, so that it follows the path again. */
  freeMask(cellId: string): EditResult;
  /** Where the lines of all leads lie, and the bits of the others. */
  claims(cellId: string): { readonly claims: InkClaims; readonly others: number };
  /** Sets the state of one or more leads in one action. */
  update(updates: ReadonlyMap<string, LeadUpdate>): EditResult;
  setLayout(layout: Layout): EditResult;
  /** Puts a region in the place of another, or takes it away; the traces stay as they are. */
  setRegion(id: string, region: PageRegion | null): EditResult;
  /** The print on the page. */
  textBoxes(): PageTextBoxes;
  setTextBoxes(boxes: PageTextBoxes): EditResult;
  /** Takes changes over that were made elsewhere or undone. */
  apply(changes: readonly ByteChange[]): EditResult;
}

/**
 * Opens a page for correction.
 *
 * @param documents what was corrected so far
 * @throws RangeError when the page has no traces
 */
export function createPageEditor(
  base: Digitization,
  documents: ReadonlyMap<string, Uint8Array>,
  evidence: PageEvidence,
): PageEditor {
  if (base.layout === null || base.rectification === null) throw new RangeError('nothing was digitized');
  const baseLayout = base.layout;
  const docs = new Map(documents);
  const ground: MaskGround = {
    width: base.imageWidth,
    height: base.imageHeight,
    rectification: base.rectification,
  };
  const { width, height } = evidence.ink.coverage;
  const radiusPx = evidence.pen.radiusPx + evidence.pen.edgePx / 2;
  let layout = editedLayout(baseLayout, docs);
  const ink = createRegionEvidence(evidence, base.rectification.warp);
  let regions = regionsOf(docs);
  ink.set(regions);
  let text: PageTextBoxes | null = null;
  const paths = new Map<string, EditedPath | null>();
  const signals = new Map<string, LeadSignal | null>();
  const masks = new Map<string, MaskTiles>();
  let claims: InkClaims | null = null;
  const claimed = new Map<string, EditedPath>();
  const bits = new Map<string, number>();
  const bitOf = (cellId: string): number => {
    if (!bits.has(cellId)) bits.set(cellId, bits.size % MOST_ROWS);
    return bits.get(cellId)!;
  };

  const cell = (cellId: string): LeadCell => {
    const found = layout.cells.find(({ id }) => id === cellId);
    if (!found) throw new RangeError(`there is no lead ${cellId} on the page`);
    return found;
  };

  const path = (cellId: string): EditedPath | null => {
    if (!paths.has(cellId)) paths.set(cellId, editedPath(base, docs, cellId));
    return paths.get(cellId)!;
  };

  const ownsMask = (cellId: string): boolean => {
    const prefix = maskPrefix(cellId);
    for (const key of docs.keys()) if (key.startsWith(prefix)) return true;
    return false;
  };

  const mask = (cellId: string): MaskTiles => {
    const known = masks.get(cellId);
    if (known) return known;
    const tiles = paintedTiles(docs, cellId);
    masks.set(cellId, tiles);
    const traced = tiles.size === 0 ? path(cellId) : null;
    if (traced) drawColumns(tiles, traced, new Map(), null, 1);
    return tiles;
  };

  function drawColumns(
    tiles: MaskTiles,
    traced: EditedPath,
    touched: TouchedTiles,
    columns: LeadUpdate['columns'] | null,
    value: 0 | 1,
  ): void {
    const all = { from: traced.x0, to: traced.x0 + traced.provenance.length - 1 };
    const { from, to } = columns ?? all;
    const { coverage } = ink.of(traced.cellId).ink;
    drawPathMask(tiles, traced, coverage, ground, touched, { from, to, value });
  }

  /** Lines that changed since they were last asked for are claimed anew. */
  function claimAll(): InkClaims {
    claims ??= createClaims(width, height);
    const present = new Set(layout.cells.map(({ id }) => id));
    for (const cellId of new Set([...claimed.keys(), ...present])) {
      const bit = bitOf(cellId);
      const now = present.has(cellId) ? path(cellId) : null;
      const before = claimed.get(cellId);
      if (now === before || (!now && !before)) continue;
      for (const [line, action] of [
        [before, 'clear'],
        [now, 'set'],
      ] as const) {
        if (!line) continue;
        claimLine(claims, bit, Float64Array.from(line.fineY), line.x0, line.samplesPerPx, radiusPx, action);
      }
      if (now) claimed.set(cellId, now);
      else claimed.delete(cellId);
    }
    return claims;
  }

  /** The regions are others: so is the ink, and what was drawn from it. */
  function honourRegions(): void {
    regions = regionsOf(docs);
    ink.set(regions);
    for (const cellId of [...masks.keys()]) if (!ownsMask(cellId)) masks.delete(cellId);
  }

  /** Forgets what followed from a document. */
  function forget(key: string): string | null {
    if (key === LAYOUT_KEY) {
      layout = editedLayout(baseLayout, docs);
      signals.clear();
      return null;
    }
    const [kind, cellId] = key.split('/') as [string, string | undefined];
    if (kind === 'region') {
      honourRegions();
      return null;
    }
    if (cellId === undefined) return null;
    if (kind === 'path') {
      paths.delete(cellId);
      signals.delete(cellId);
      if (!ownsMask(cellId)) masks.delete(cellId);
    }
    if (kind === 'mask') masks.delete(cellId);
    return cellId;
  }

  function put(key: string, after: Uint8Array | null, changes: ByteChange[]): void {
    const change = changeBetween(key, docs.get(key) ?? null, after);
    if (!change) return;
    changes.push(change);
    if (after === null) docs.delete(key);
    else docs.set(key, after);
  }

  function setTiles(cellId: string, touched: TouchedTiles, changes: ByteChange[]): void {
    const tiles = mask(cellId);
    dropEmpty(tiles, touched.keys());
    const names = ownsMask(cellId) ? [...touched.keys()] : [...new Set([...tiles.keys(), ...touched.keys()])];
    for (const name of names) put(maskPrefix(cellId) + name, tiles.get(name)?.slice() ?? null, changes);
  }

  function updateLead(cellId: string, next: LeadUpdate, changes: ByteChange[]): void {
    const before = path(cellId);
    const touched: TouchedTiles = next.tiles ?? new Map();
    const owned = ownsMask(cellId);
    if (next.path) {
      const own = owned && !next.tiles;
      const tiles = own ? mask(cellId) : null;
      if (tiles && before) drawColumns(tiles, before, touched, next.columns, 0);
      if (tiles) drawColumns(tiles, next.path, touched, next.columns, 1);
      if (!owned && !next.tiles) masks.delete(cellId);
      put(pathKey(cellId), encodePath(next.path), changes);
      paths.set(cellId, next.path);
      signals.delete(cellId);
    }
    if (touched.size > 0) setTiles(cellId, touched, changes);
    if (next.pins) put(pinsKey(cellId), next.pins.length > 0 ? encodeJson(next.pins) : null, changes);
  }

  return {
    base,
    documents: docs,
    evidence,
    ground,
    layout: () => layout,
    cell,
    path,
    evidenceOf: (cellId) => ink.of(cellId),
    regions: () => regions,
    machinePath: (cellId) => editedPath(base, new Map(), cellId),
    signal(cellId) {
      if (!signals.has(cellId)) {
        const traced = path(cellId);
        signals.set(
          cellId,
          traced ? (editedSignal(base, layout, toTracePath(traced), docs)[0] ?? null) : null,
        );
      }
      return signals.get(cellId)!;
    },
    pins: (cellId) => pinsOf(docs, cellId),
    mask,
    hasMask: (cellId) => masks.has(cellId),
    ownsMask,
    freeMask(cellId) {
      const changes: ByteChange[] = [];
      for (const key of [...docs.keys()]) if (key.startsWith(maskPrefix(cellId))) put(key, null, changes);
      masks.delete(cellId);
      return { changes, cellIds: [cellId] };
    },
    claims: (cellId) => ({ claims: claimAll(), others: otherRows(bitOf(cellId)) }),
    update(updates) {
      const changes: ByteChange[] = [];
      for (const [cellId, next] of updates) updateLead(cellId, next, changes);
      return { changes, cellIds: [...updates.keys()] };
    },
    setLayout(next) {
      const changes: ByteChange[] = [];
      put(LAYOUT_KEY, encodeJson(next), changes);
      forget(LAYOUT_KEY);
      return { changes, cellIds: next.cells.map(({ id }) => id) };
    },
    setRegion(id, region) {
      const changes: ByteChange[] = [];
      put(regionKey(id), region && encodeRegion(region), changes);
      honourRegions();
      return { changes, cellIds: layout.cells.map((one) => one.id) };
    },
    textBoxes: () => (text ??= textBoxesOf(base, docs)),
    setTextBoxes(next) {
      const changes: ByteChange[] = [];
      put(TEXT_KEY, encodeJson(next), changes);
      text = next;
      return { changes, cellIds: [] };
    },
    apply(changes) {
      const cellIds = new Set<string>();
      for (const change of changes) {
        const after = applyChange(docs.get(change.key) ?? null, change);
        if (after === null) docs.delete(change.key);
        else docs.set(change.key, after);
        if (change.key === TEXT_KEY) {
          text = null;
          continue;
        }
        const cellId = forget(change.key);
        if (cellId !== null) cellIds.add(cellId);
        else for (const { id } of layout.cells) cellIds.add(id);
      }
      return { changes, cellIds: [...cellIds] };
    },
  };
}
