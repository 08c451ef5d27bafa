import type { Rgb } from '../page/page-options.ts';

/** What happened to a printed page until it became a file. Everything is absent (a perfect scan) unless stated. */
export interface PageConditions {
  /** Number of brownish stains. */
  readonly stains?: number;
  /** Number of folds: a shaded line, and the paper beside it bent by `creaseMm`. */
  readonly creases?: number;
  /** Sideways shift of the paper beside a fold, millimetres, about 0.2..1. */
  readonly creaseMm?: number;
  /** Largest shift by gentle bending of the paper, millimetres, about 0.5..4. */
  readonly curlMm?: number;
  /** Skew, degrees, clockwise positive. */
  readonly rotationDegrees?: number;
  /** Random shift of each corner as a share of the page, 0..0.12: a camera held at an angle. */
  readonly perspective?: number;
  /** What is seen around the paper: a border as a share of the page's size, and its colour. */
  readonly surround?: { readonly share: number; readonly colour: Rgb };
  /** Whole clockwise turns of the finished picture by 90 degrees. */
  readonly quarterTurns?: 0 | 1 | 2 | 3;
  /** Depth of a soft shadow over part of the page, 0..0.7. */
  readonly shadow?: number;
  /** Darkening towards the corners, 0..0.5. */
  readonly vignette?: number;
  /** Colour of the light (multiplies the picture), white = [255, 255, 255]. */
  readonly light?: Rgb;
  /** Gaussian blur of the optics, standard deviation in pixels. */
  readonly blurPx?: number;
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
}
