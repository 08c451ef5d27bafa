/** Gaussian blur; beyond the edges is blank. */
export function blurPicture(
  canvas: Float32Array,
  width: number,
  height: number,
  sigma: number,
): Float32Array<ArrayBuffer> {
  const radius = Math.max(1, Math.ceil(2.5 * sigma));
  const kernel = new Float32Array(2 * radius + 1);
  let total = 0;
  for (let k = -radius; k <= radius; k++)
    total += kernel[k + radius] = Math.exp((-k * k) / (2 * sigma * sigma));
  const across = new Float32Array(width * height);
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let k = -radius; k <= radius; k++) {
        const u = x + k;
        if (u >= 0 && u < width) sum += canvas[y * width + u] * kernel[k + radius];
      }
      across[y * width + x] = sum / total;
    }
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let k = -radius; k <= radius; k++) {
        const v = y + k;
        if (v >= 0 && v < height) sum += across[v * width + x] * kernel[k + radius];
      }
      out[y * width + x] = sum / total;
    }
  }
  return out;
}
