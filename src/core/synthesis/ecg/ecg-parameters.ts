/** A vector of the heart's dipole: x to the patient's left, y to the feet, z to the front; millivolts. */
export type Dipole = readonly [number, number, number];

/** One wave of a beat: a Gaussian bump of the dipole. */
export interface HeartWave {
  /** Centre relative to the R peak, seconds at a heart rate of 60 per minute. */
  readonly centreSeconds: number;
  /** Standard deviation of the bump, seconds. */
  readonly widthSeconds: number;
  /** Dipole at the top of the bump, millivolts. */
  readonly dipole: Dipole;
  /** Whether place and width stretch with the square root of the beat's length (T wave, ST segment). */
  readonly stretches: boolean;
}

/** Everything the model needs to know about a heart and its recording. */
export interface EcgParameters {
  readonly rhythm: 'sinus' | 'atrial-fibrillation';
  /** Beats per minute, 30..200. */
  readonly heartRate: number;
  /** Standard deviation of the beat length over the mean, e.g. 0.03; irregular rhythms use about 0.2. */
  readonly rateVariability: number;
  /** Breaths per minute: moves the beat length and the baseline. */
  readonly breathsPerMinute: number;
  /** Share of beats replaced by premature ventricular ones, 0..0.5. */
  readonly prematureShare: number;
  readonly waves: readonly HeartWave[];
  readonly prematureWaves: readonly HeartWave[];
  /** Peak of the fibrillatory waves on the dipole, millivolts; 0 without fibrillation. */
  readonly fibrillation: number;
  /** Slow drift of each electrode, standard deviation in millivolts. */
  readonly wander: number;
  /** Muscle noise of each electrode, standard deviation in millivolts. */
  readonly muscleNoise: number;
}
