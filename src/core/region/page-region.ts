import { decodeChunks, encodeChunks } from '../../shared/api/chunk-bytes.ts';
import type { Box } from '../image/raster.ts';

/**
 * What holds inside a region: `exclude`: ink there is none of a trace's; `include`: all that is darker than the paper
 * counts as ink, grid and lettering too; `model`: a model's share of trace stands for the ink.
 */
export const REGION_KINDS = ['exclude', 'include', 'model'] as const;
export type RegionKind = (typeof REGION_KINDS)[number];

/** What becomes of a trace where an excluded region leaves it without ink. */
export const REGION_GAPS = ['bridge', 'blank'] as const;
export type RegionGap = (typeof REGION_GAPS)[number];

/** A part of a page that a person marked. */
export interface PageRegion {
  readonly id: string;
  readonly kind: RegionKind;
  /** Outline on the scan, image pixels; even-odd. */
  readonly points: readonly (readonly [x: number, y: number])[];
  /** The one lead it holds for; null: all. */
  readonly cellId: string | null;
  readonly gap: RegionGap;
  /** What a model saw, canonical pixels; only of `model`. */
  readonly seen: RegionLook | null;
}

/** A model's share of trace, 0..255 per pixel of a box of canonical pixels, row by row. */
export interface RegionLook {
  readonly box: Box;
  readonly trace: Uint8Array;
}

/** The region as a document. */
export function encodeRegion({ seen, ...facts }: PageRegion): Uint8Array<ArrayBuffer> {
  return encodeChunks({ ...facts, box: seen && seen.box }, seen ? [seen.trace] : []);
}

/** What a model saw, as it crosses from the program to the window. */
export function encodeLook({ box, trace }: RegionLook): Uint8Array<ArrayBuffer> {
  return encodeChunks({ box }, [trace]);
}

/** Reads what `encodeLook` wrote. @throws RangeError, SyntaxError when the bytes are damaged */
export function decodeLook(bytes: Uint8Array): RegionLook {
  const { meta, arrays } = decodeChunks(bytes);
  return { box: (meta as { readonly box: Box }).box, trace: arrays[0] as Uint8Array };
}

/** Reads what `encodeRegion` wrote. @throws RangeError, SyntaxError when the bytes are damaged */
export function decodeRegion(bytes: Uint8Array): PageRegion {
  const { meta, arrays } = decodeChunks(bytes);
  const { box, ...facts } = meta as Omit<PageRegion, 'seen'> & { readonly box: Box | null };
  return { ...facts, seen: box && { box, trace: arrays[0] as Uint8Array } };
}
