/** Samples `from` up to, not including, `to`. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The stretches of a lead in which there is no sample (NaN), in order. */
export function unseenStretches(millivolts: Float32Array): Stretch[] {
  return stretches(millivolts, false);
}

/** The stretches of a lead in which there are samples, in order. */
export function seenStretches(millivolts: Float32Array): Stretch[] {
  return stretches(millivolts, true);
}

function stretches(millivolts: Float32Array, seen: boolean): Stretch[] {
  const found: Stretch[] = [];
  let from = -1;
  for (let i = 0; i <= millivolts.length; i++) {
    const wanted = i < millivolts.length && (millivolts[i]! === millivolts[i]!) === seen;
    if (wanted && from < 0) from = i;
    if (!wanted && from >= 0) {
      found.push({ from, to: i });
      from = -1;
    }
  }
  return found;
}
