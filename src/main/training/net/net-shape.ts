/** What fixes the shape of a segmentation network. */
export interface NetShape {
  /** Channels at 1/2, 1/4, 1/8 ... of the picture's resolution. */
  readonly widths: readonly number[];
  /** Number of classes, one output plane each. */
  readonly classes: number;
}

/** Width and height of a picture must be multiples of this: 16 for four widths. */
export function strideOf(shape: NetShape): number {
  return 2 ** shape.widths.length;
}
