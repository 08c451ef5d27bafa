import type { Raster } from '../image/raster.ts';

/** How the grid of the page was recognised; `none` means the stated scale is used instead. */
export type GridKind = 'colour' | 'gray' | 'bilevel' | 'dotted' | 'none';

/**
 * Dense mapping from canonical pixels to pixels of the decoded page ("image pixels", upright after EXIF but before
 * any turn by the digitizer). Node (i, j) sits at canonical pixel (i * stepPx, j * stepPx); between nodes the map is
 * bilinear. `xs[j * columns + i]`, `ys[...]` are the image coordinates. Pixel centres are at integer coordinates.
 */
export interface WarpMap {
  readonly stepPx: number;
  readonly columns: number;
  readonly rows: number;
  readonly xs: Float32Array;
  readonly ys: Float32Array;
}

/** A measured lattice of grid crossings in image pixels, `spacingMm` of paper apart; NaN where a crossing is off the page. */
export interface Lattice {
  readonly spacingMm: number;
  readonly columns: number;
  readonly rows: number;
  readonly xs: Float32Array;
  readonly ys: Float32Array;
}

/** Where the paper is and how it is bent: everything needed to go between image pixels and canonical pixels. */
export interface Rectification {
  /** Clockwise quarter turns that bring the decoded page upright. */
  readonly quarterTurns: 0 | 1 | 2 | 3;
  /** Skew of the horizontal grid lines in the upright page, degrees, clockwise positive. */
  readonly skewDegrees: number;
  /** Corners of the paper in image pixels (top-left, top-right, bottom-right, bottom-left of the upright paper). */
  readonly corners: readonly [number, number][];
  readonly gridKind: GridKind;
  /** Pixels of the source per millimetre of paper along and across the page, median over the page. */
  readonly pxPerMmX: number;
  readonly pxPerMmY: number;
  readonly lattice: Lattice | null;
  /** Canonical pixels per millimetre, equal in x and y. */
  readonly canonicalPxPerMm: number;
  readonly canonicalWidth: number;
  readonly canonicalHeight: number;
  readonly warp: WarpMap;
}

/** The page after its one interpolation: upright, flat, equal scale in x and y. */
export interface CanonicalPage {
  /** RGB (3 channels), or gray (1) when the source is gray. */
  readonly raster: Raster;
  readonly rectification: Rectification;
}
