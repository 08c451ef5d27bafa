/** Stored where there is no sample, in formats of 16-bit integers. */
export const NO_SAMPLE = -32768;

/**
 * Whole microvolts of a value in millivolts, as formats of 16 bits store it: clipped to +-32767 (32.767 mV),
 * `NO_SAMPLE` for NaN. What is read back differs by half a microvolt at most and is stored as the same number again.
 */
export function toMicrovolts(millivolts: number): number {
  if (Number.isNaN(millivolts)) return NO_SAMPLE;
  return Math.max(-32767, Math.min(32767, Math.round(millivolts * 1000)));
}
