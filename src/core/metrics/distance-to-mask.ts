/**
 * Distance of every pixel to the nearest pixel of a mask, exactly: squared distances along rows, then the lower
 * envelope of parabolas along columns (Felzenszwalb and Huttenlocher 2012, DOI 10.4086/toc.2012.v008a019).
 *
 * @param mask `width * height` values, 0 = outside
 * @returns pixels, Infinity everywhere when the mask is empty
 */
export function distanceToMask(mask: Uint8Array, width: number, height: number): Float32Array {
  const squared = new Float64Array(width * height);
  for (let y = 0; y < height; y++) alongRow(mask, squared, y * width, width);
  const result = new Float32Array(width * height);
  const line = new Float64Array(height);
  const places = new Int32Array(height);
  const borders = new Float64Array(height + 1);
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) line[y] = squared[y * width + x]!;
    let last = -1;
    for (let q = 0; q < height; q++) {
      if (line[q] === Infinity) continue;
      let border = -Infinity;
      while (last >= 0) {
        const p = places[last]!;
        border = (line[q]! + q * q - (line[p]! + p * p)) / (2 * (q - p));
        if (border > borders[last]!) break;
        last--;
      }
      last++;
      places[last] = q;
      borders[last] = last === 0 ? -Infinity : border;
      borders[last + 1] = Infinity;
    }
    if (last < 0) {
      for (let y = 0; y < height; y++) result[y * width + x] = Infinity;
      continue;
    }
    for (let y = 0, k = 0; y < height; y++) {
      while (borders[k + 1]! < y) k++;
      const p = places[k]!;
      result[y * width + x] = Math.sqrt(line[p]! + (y - p) ** 2);
    }
  }
  return result;
}

/** Squared distance to the nearest pixel of the mask in the same row. */
function alongRow(mask: Uint8Array, squared: Float64Array, at: number, width: number): void {
  let nearest = -Infinity;
  for (let x = 0; x < width; x++) {
    if (mask[at + x]! !== 0) nearest = x;
    squared[at + x] = (x - nearest) ** 2;
  }
  nearest = Infinity;
  for (let x = width - 1; x >= 0; x--) {
    if (mask[at + x]! !== 0) nearest = x;
    squared[at + x] = Math.min(squared[at + x]!, (x - nearest) ** 2);
  }
}
