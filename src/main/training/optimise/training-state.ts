/** Everything that a step changes; vectors have one number per parameter. */
export interface TrainingState {
  /** Steps done. */
  step: number;
  readonly parameters: Float32Array;
  /** Running means of Adam: of the gradient and of its square. */
  readonly firstMoment: Float32Array;
  readonly secondMoment: Float32Array;
  /** Exponential moving average of the parameters: what is validated and exported. */
  readonly average: Float32Array;
  /** Least loss on the held-out pages so far, and the step it was measured at. */
  best: { readonly loss: number; readonly step: number } | null;
  /** Validations since then. */
  stale: number;
  /** Steps left out because their gradient was not finite. */
  skipped: number;
}

/** The state before the first step. */
export function freshState(parameters: Float32Array): TrainingState {
  return {
    step: 0,
    parameters,
    firstMoment: new Float32Array(parameters.length),
    secondMoment: new Float32Array(parameters.length),
    average: parameters.slice(),
    best: null,
    stale: 0,
    skipped: 0,
  };
}
