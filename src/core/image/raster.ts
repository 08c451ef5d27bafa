/** 8-bit image, row-major, channels interleaved; 1 = gray, 3 = RGB. */
export interface Raster {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
}

/** One float per pixel, row-major. */
export interface FloatRaster {
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** Axis-aligned box in pixels; `x1` and `y1` are exclusive. */
export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}
