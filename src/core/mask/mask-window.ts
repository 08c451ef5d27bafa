/**
 * Which pixels of a picture belong to something, held for the part of the picture in which any do: byte
 * `(y - y0) * width + x - x0` is 1 where pixel (x, y) belongs to it, else 0. An empty mask has no width and no height.
 */
export interface MaskWindow {
  readonly x0: number;
  readonly y0: number;
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** The mask without a pixel. */
export const EMPTY_MASK: MaskWindow = { x0: 0, y0: 0, width: 0, height: 0, data: new Uint8Array(0) };

/** The smallest window around the pixels of a mask; what lies outside of the picture is cut off. */
export function trimMask(mask: MaskWindow, pictureWidth = Infinity, pictureHeight = Infinity): MaskWindow {
  const { x0, y0, width, height, data } = mask;
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let y = 0; y < height; y++) {
    if (y0 + y < 0 || y0 + y >= pictureHeight) continue;
    for (let x = 0; x < width; x++) {
      if (data[y * width + x] === 0 || x0 + x < 0 || x0 + x >= pictureWidth) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  if (right < left) return EMPTY_MASK;
  const trimmed = new Uint8Array((right - left + 1) * (bottom - top + 1));
  for (let y = top; y <= bottom; y++) {
    trimmed.set(data.subarray(y * width + left, y * width + right + 1), (y - top) * (right - left + 1));
  }
  return { x0: x0 + left, y0: y0 + top, width: right - left + 1, height: bottom - top + 1, data: trimmed };
}

/** Number of pixels. */
export function maskWindowArea({ data }: MaskWindow): number {
  let area = 0;
  for (let i = 0; i < data.length; i++) area += data[i]!;
  return area;
}

/** All pixels of either mask. */
export function uniteMasks(a: MaskWindow, b: MaskWindow): MaskWindow {
  if (a.width === 0) return b;
  if (b.width === 0) return a;
  const x0 = Math.min(a.x0, b.x0);
  const y0 = Math.min(a.y0, b.y0);
  const width = Math.max(a.x0 + a.width, b.x0 + b.width) - x0;
  const height = Math.max(a.y0 + a.height, b.y0 + b.height) - y0;
  const data = new Uint8Array(width * height);
  for (const mask of [a, b]) {
    for (let y = 0; y < mask.height; y++) {
      const from = y * mask.width;
      const to = (mask.y0 + y - y0) * width + mask.x0 - x0;
      for (let x = 0; x < mask.width; x++) if (mask.data[from + x] === 1) data[to + x] = 1;
    }
  }
  return { x0, y0, width, height, data };
}
