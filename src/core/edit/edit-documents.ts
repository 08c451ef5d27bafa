import type { Layout } from '../lead/layout.ts';
import { decodeRegion, type PageRegion } from '../region/page-region.ts';

/**
 * What people changed about a page, as documents by key. A document that is absent stands for what the machine found:
 *
 * - `layout`: the `Layout` as JSON (cells, text, pulses, speed, gain)
 * - `path/<cell>`: an `EditedPath`; `pins/<cell>`: the fixed points of that lead as JSON, `[[x, y], ...]` canonical pixels
 * - `region/<id>`: a part of the page that a person marked, see `PageRegion`
 * - `mask/<cell>/<i>,<j>`: a tile of the lead's mask, see `mask-tiles.ts`
 * - `base`: which digitization all this corrects, as JSON `{ run }`; the page's first one when absent
 */
export type EditDocuments = ReadonlyMap<string, Uint8Array>;

export const LAYOUT_KEY = 'layout';
export const BASE_KEY = 'base';
export const pathKey = (cellId: string): string => `path/${cellId}`;
export const pinsKey = (cellId: string): string => `pins/${cellId}`;
const REGION_PREFIX = 'region/';
export const regionKey = (id: string): string => `${REGION_PREFIX}${id}`;
export const maskPrefix = (cellId: string): string => `mask/${cellId}/`;
export const maskKey = (cellId: string, i: number, j: number): string => `${maskPrefix(cellId)}${i},${j}`;

/** A point that a path must pass, canonical pixels. */
export type Pin = readonly [x: number, y: number];

/** JSON as a document. */
export function encodeJson(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value));
}

export function decodeJson<T>(bytes: Uint8Array): T {
  return JSON.parse(new TextDecoder().decode(bytes)) as T;
}

/** The layout after corrections. */
export function editedLayout(base: Layout, documents: EditDocuments): Layout {
  const document = documents.get(LAYOUT_KEY);
  return document ? decodeJson<Layout>(document) : base;
}

/** The pins of a lead, from left to right. */
export function pinsOf(documents: EditDocuments, cellId: string): readonly Pin[] {
  const document = documents.get(pinsKey(cellId));
  return document ? decodeJson<Pin[]>(document) : [];
}

/** The regions of a page, the oldest names first. */
export function regionsOf(documents: EditDocuments): readonly PageRegion[] {
  return [...documents]
    .filter(([key]) => key.startsWith(REGION_PREFIX))
    .map(([, bytes]) => decodeRegion(bytes))
    .sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)));
}
