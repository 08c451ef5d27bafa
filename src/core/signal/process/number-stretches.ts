/** A stretch of samples that are all numbers: `from` to one before `to`. */
export interface NumberStretch {
  readonly from: number;
  readonly to: number;
}

/** The stretches between gaps (NaN). */
export function numberStretches(values: Float32Array | Float64Array): NumberStretch[] {
  const stretches: NumberStretch[] = [];
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]!)) continue;
    let to = i;
    while (to < values.length && !Number.isNaN(values[to]!)) to++;
    stretches.push({ from: i, to });
    i = to;
  }
  return stretches;
}
