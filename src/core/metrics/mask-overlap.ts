import { distanceToMask } from './distance-to-mask.ts';

/** How two masks of the same picture agree. */
export interface MaskOverlap {
  /** 2 |A and B| / (|A| + |B|), and |A and B| / |A or B|; 1 when both are empty. */
  readonly dice: number;
  readonly iou: number;
  /**
   * 95th percentile of the distances from the edge pixels of either mask to the nearest edge pixel of the other,
   * pixels (the larger of the two directions); null when one of the masks is empty.
   */
  readonly hd95Px: number | null;
}

/**
 * Dice, IoU and the 95th percentile of the Hausdorff distance of two masks (0 = outside).
 *
 * @param a `width * height` values, row-major
 * @param b the same
 * @throws RangeError when a length is not `width * height`
 *
 * Cost: O(pixels) within the box around both masks; about 0.4 s for all of a 2200x1700 page.
 */
export function maskOverlap(a: Uint8Array, b: Uint8Array, width: number, height: number): MaskOverlap {
  if (a.length !== width * height || b.length !== width * height) {
    throw new RangeError(
      `maskOverlap: masks of ${a.length} and ${b.length} values for ${width}x${height} pixels`,
    );
  }
  let both = 0;
  let sizeA = 0;
  let sizeB = 0;
  let [x0, y0, x1, y1] = [width, height, -1, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0, i = y * width; x < width; x++, i++) {
      const inA = a[i]! !== 0;
      const inB = b[i]! !== 0;
      if (!inA && !inB) continue;
      if (inA) sizeA++;
      if (inB) sizeB++;
      if (inA && inB) both++;
      if (x < x0) x0 = x;
      if (x > x1) x1 = x;
      if (y < y0) y0 = y;
      if (y > y1) y1 = y;
    }
  }
  if (sizeA + sizeB === 0) return { dice: 1, iou: 1, hd95Px: null };
  const overlap = { dice: (2 * both) / (sizeA + sizeB), iou: both / (sizeA + sizeB - both) };
  if (sizeA === 0 || sizeB === 0) return { ...overlap, hd95Px: null };
  const box = { x0, y0, width: x1 - x0 + 1, height: y1 - y0 + 1 };
  const edgeA = edgeOf(a, width, height, box);
  const edgeB = edgeOf(b, width, height, box);
  const toB = distanceToMask(edgeB, box.width, box.height);
  const toA = distanceToMask(edgeA, box.width, box.height);
  return { ...overlap, hd95Px: Math.max(percentile95(edgeA, toB), percentile95(edgeB, toA)) };
}

/** Pixels of the mask with a neighbour outside it (also beyond the picture), within a box. */
function edgeOf(
  mask: Uint8Array,
  width: number,
  height: number,
  box: { readonly x0: number; readonly y0: number; readonly width: number; readonly height: number },
): Uint8Array {
  const edge = new Uint8Array(box.width * box.height);
  for (let y = 0; y < box.height; y++) {
    for (let x = 0; x < box.width; x++) {
      const px = box.x0 + x;
      const py = box.y0 + y;
      const i = py * width + px;
      if (mask[i]! === 0) continue;
      const inner =
        px > 0 && px < width - 1 && py > 0 && py < height - 1
          ? mask[i - 1]! && mask[i + 1]! && mask[i - width]! && mask[i + width]!
          : 0;
      if (!inner) edge[y * box.width + x] = 1;
    }
  }
  return edge;
}

function percentile95(places: Uint8Array, distances: Float32Array): number {
  const values = distances.filter((_, i) => places[i] === 1).sort();
  return values[Math.min(values.length - 1, Math.ceil(0.95 * values.length) - 1)]!;
}
