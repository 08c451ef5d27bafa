import type { SegmentClass } from './segment-classes.ts';

/** Share of each pixel that each class covers, 0..1, row-major. A pixel may belong to several classes. */
export interface Segmentation {
  readonly width: number;
  readonly height: number;
  readonly planes: Readonly<Record<SegmentClass, Float32Array>>;
}
