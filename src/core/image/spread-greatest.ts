/** Replaces each value by the greatest among its pixel and the eight about it. */
export function spreadGreatest(values: Float32Array, width: number, height: number): void {
  const across = (y: number, row: Float32Array): void => {
    const from = y * width;
    for (let x = 0; x < width; x++) {
      const left = values[from + Math.max(0, x - 1)]!;
      const right = values[from + Math.min(width - 1, x + 1)]!;
      row[x] = Math.max(left, values[from + x]!, right);
    }
  };
  // Rows are written one behind those that are read.
  let [above, here, below] = [new Float32Array(width), new Float32Array(width), new Float32Array(width)];
  across(0, above);
  across(0, here);
  for (let y = 0; y < height; y++) {
    if (y + 1 < height) across(y + 1, below);
    else below.set(here);
    const row = y * width;
    for (let x = 0; x < width; x++) values[row + x] = Math.max(above[x]!, here[x]!, below[x]!);
    [above, here, below] = [here, below, above];
  }
}
