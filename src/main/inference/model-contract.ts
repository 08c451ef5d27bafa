import { SEGMENT_CLASSES } from '../../core/mask/segment-classes.ts';

/** What a segmentation model has to look like to be used. */
export const CONTRACT = {
  /** Changes whenever an old model could not be used any more. */
  name: 'tracewright-segmentation-1',
  /** float32 [N, 3, H, W]: red, green, blue, 0..1; gray pages give the same three times. */
  input: 'image',
  /** float32 [N, classes, H, W]: share of each pixel covered by each class, 0..1. */
  output: 'probabilities',
  classes: SEGMENT_CLASSES,
  /** Width and height have to be multiples of this. */
  stridePx: 16,
  /** Resolution of the pages that models are trained on, pixels per millimetre. */
  pxPerMm: { min: 6, max: 12 },
  maxBytes: 25 * 1024 * 1024,
  opsets: { min: 13, max: 21 },
} as const;
