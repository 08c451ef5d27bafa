import type { Rgb } from '../page/page-options.ts';

/** What happened to a printed page until it became a file. Everything is absent (a perfect scan) unless stated. */
export interface PageConditions {
  /** Number of brownish stains. */
  readonly stains?: number;
  /** Number of blotches of mould: groups of small dark spots. */
  readonly mould?: number;
  /** Number of strokes of a highlighter. */
  readonly highlights?: number;
  /** Number of straight sharp creases that only show as pale or dark lines. */
  readonly scratches?: number;
  /** Unevenness of the bare paper, standard deviation in gray levels. */
  readonly grain?: number;
  /** Specks of toner or dust per square decimetre. */
  readonly specks?: number;
  /** Paper that was crumpled into a ball and smoothed again. */
  readonly crumple?: Crumple;
  /** Valleys of crumpled paper that are as dark as ink. */
  readonly furrows?: Furrows;
  /** Paper that is not there: punched holes, torn sides and corners. */
  readonly missing?: MissingPaper;
  /** Number of folds: a shaded line, and the paper beside it bent by `creaseMm`. */
  readonly creases?: number;
  /** Evenly spaced folds instead of the random ones: so many down and across the page, turned by so many degrees. */
  readonly folds?: { readonly down: number; readonly across: number; readonly degrees: number };
  /** Sideways shift of the paper beside a fold, millimetres, about 0.2..1. */
  readonly creaseMm?: number;
  /** Largest shift by gentle bending of the paper, millimetres, about 0.5..4. */
  readonly curlMm?: number;
  /** Skew, degrees, clockwise positive. */
  readonly rotationDegrees?: number;
  /** Random shift of each corner as a share of the page, 0..0.12: a camera held at an angle. */
  readonly perspective?: number;
  /**
   * What is seen around the paper: a border as a share of the page's size (negative: the picture shows less than the
   * page), its colour and what it is made of (one flat colour when absent).
   */
  readonly surround?: { readonly share: number; readonly colour: Rgb; readonly texture?: DeskTexture };
  /** Whole clockwise turns of the finished picture by 90 degrees. */
  readonly quarterTurns?: 0 | 1 | 2 | 3;
  /** Loss of light from one side of the picture to the other, 0..0.8. */
  readonly gradient?: number;
  /** Depth of a shadow with a clear edge, as of a hand or telephone, 0..0.7. */
  readonly hardShadow?: number;
  /** Reflections of a lamp: number and strength (gray levels added in the middle, 20..150). */
  readonly glare?: { readonly spots: number; readonly strength: number };
  /** Stripes of a photographed screen: depth, 0..0.3. */
  readonly moire?: number;
  /** Depth of a soft shadow over part of the page, 0..0.7. */
  readonly shadow?: number;
  /** Darkening towards the corners, 0..0.5. */
  readonly vignette?: number;
  /** Colour of the light (multiplies the picture), white = [255, 255, 255]. */
  readonly light?: Rgb;
  /** Gaussian blur of the optics, standard deviation in pixels. */
  readonly blurPx?: number;
  /** Blur by a moving hand: length of the way in pixels. */
  readonly motionPx?: number;
  /** Strength of edge sharpening, 0..2. */
  readonly sharpen?: number;
  /** Blotches of false colour, standard deviation in gray levels. */
  readonly chromaNoise?: number;
  /** Gray levels that become black and white: [0, 255] when absent. */
  readonly levels?: readonly [number, number];
  /** Noise of the sensor, standard deviation in gray levels. */
  readonly noise?: number;
  /** Exponent on brightness; below 1 washes out, above 1 darkens. */
  readonly gamma?: number;
  /** Block artefacts as JPEG of this quality leaves them, 1..100. */
  readonly jpegQuality?: number;
  /** Colours kept; `bilevel` turns pixels below `threshold` black. */
  readonly colours?: 'rgb' | 'gray' | 'bilevel';
  /** Gray level between black and white for `bilevel`, 170 when absent. */
  readonly threshold?: number;
  /** How `bilevel` decides: one threshold, one against the surroundings, or by dithering; `fixed` when absent. */
  readonly bilevel?: BilevelMethod;
}

/** See `PageConditions.bilevel`. */
export type BilevelMethod = 'fixed' | 'local' | 'ordered' | 'diffusion';

/** What a page lies on. */
export type DeskTexture = 'plain' | 'wood' | 'cloth' | 'speckled';

/** See `PageConditions.crumple`. */
export interface Crumple {
  /** Contrast of the shading, 0..0.8. */
  readonly depth: number;
  /** Usual size of a facet, millimetres. */
  readonly sizeMm: number;
  /** Largest shift of the paper within itself, millimetres. */
  readonly shiftMm: number;
}

/** See `PageConditions.furrows`. */
export interface Furrows {
  /** On the whole page. */
  readonly count: number;
  /** Light that a furrow takes where it is deepest, 0..1. */
  readonly depth: number;
}

/** See `PageConditions.missing`. */
export interface MissingPaper {
  readonly punchedHoles: 0 | 2 | 4;
  readonly tornSides: number;
  readonly tornCorners: number;
}
