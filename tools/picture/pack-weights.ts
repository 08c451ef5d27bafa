/** Signed bytes in base64, and for each range of parameters what one step of a byte is worth. */
export interface PackedWeights {
  readonly base64: string;
  readonly scales: readonly number[];
}

/** Rounds parameters to 8 bits, one scale per range (the weights or the biases of a layer). */
export function packWeights(
  parameters: Float32Array,
  ranges: readonly (readonly [number, number])[],
): PackedWeights {
  const bytes = new Int8Array(parameters.length);
  const scales: number[] = [];
  for (const [from, to] of ranges) {
    let most = 1e-9;
    for (let k = from; k < to; k++) most = Math.max(most, Math.abs(parameters[k]!));
    scales.push(Number((most / 127).toPrecision(6)));
    for (let k = from; k < to; k++) bytes[k] = Math.round((parameters[k]! * 127) / most);
  }
  return { base64: Buffer.from(bytes.buffer).toString('base64'), scales };
}
