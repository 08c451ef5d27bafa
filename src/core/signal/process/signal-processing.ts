/**
 * What is done to signals after they were digitized. Nothing by default: a digitized signal is what is printed, and
 * every one of these takes something away from it.
 */
export interface SignalProcessing {
  /**
   * Takes away baseline wander: `high-pass` below 0.5 Hz, `median` the medians over 0.2 and then 0.6 s; null leaves it.
   * Both also take away part of slow ST shifts.
   */
  readonly baseline: 'high-pass' | 'median' | null;
  /** Takes away this frequency of the mains, Hz; null leaves it. */
  readonly notchHz: number | null;
  /** Takes away what is quicker than this, Hz; null leaves it. */
  readonly lowPassHz: number | null;
  /** Samples per second of the result; null leaves the rate. */
  readonly fs: number | null;
  /**
   * Computes limb leads where they are not printed and two others are, see `completeLimbLeads`; absent or false leaves NaN
   * there.
   */
  readonly completeLimbLeads?: boolean;
}

/** Nothing is done. */
export const NO_PROCESSING: SignalProcessing = { baseline: null, notchHz: null, lowPassHz: null, fs: null };
