/** Adam with decoupled weight decay (DOI 10.48550/arXiv.1711.05101) and a running average of the parameters. */
export interface Adam {
  readonly parameters: Float32Array;
  /** What to save: steadier than the parameters themselves. */
  readonly average: Float32Array;
  /** One step along a gradient (already divided by the size of the batch). */
  readonly step: (gradient: Float32Array, rate: number) => void;
}

export function createAdam(parameters: Float32Array): Adam {
  const average = parameters.slice();
  const first = new Float32Array(parameters.length);
  const second = new Float32Array(parameters.length);
  let count = 0;
  const step = (gradient: Float32Array, rate: number): void => {
    count++;
    const keep = Math.min(0.998, count / (count + 10));
    for (let k = 0; k < parameters.length; k++) {
      const g = gradient[k]!;
      first[k] = 0.9 * first[k]! + 0.1 * g;
      second[k] = 0.999 * second[k]! + 0.001 * g * g;
      const m = first[k]! / (1 - 0.9 ** count);
      const v = second[k]! / (1 - 0.999 ** count);
      parameters[k]! -= rate * (m / (Math.sqrt(v) + 1e-8) + 1e-4 * parameters[k]!);
      average[k] = keep * average[k]! + (1 - keep) * parameters[k]!;
    }
  };
  return { parameters, average, step };
}
