/** Most samples of one signal in a data record: the format recommends records of at most 61,440 bytes. */
const MAX_RECORD_SAMPLES = 2048;

/**
 * Chooses how long the data records of an EDF file are: the fewest whole seconds that hold whole samples, a shorter
 * time for fast signals, else about a second to the eight characters of the header.
 *
 * @returns duration as the header writes it, and samples of each signal per record
 *
 * @example
 * recordLength(500); // { text: '1', samples: 500 }
 * recordLength(360.5); // { text: '2', samples: 721 }
 */
export function recordLength(fs: number): { readonly text: string; readonly samples: number } {
  for (const seconds of [1, 2, 3, 4, 5, 10, 20, 0.5, 0.25, 0.2, 0.1, 0.05, 0.02, 0.01]) {
    const samples = fs * seconds;
    if (samples >= 1 && samples <= MAX_RECORD_SAMPLES && Number.isInteger(samples)) {
      return { text: String(seconds), samples };
    }
  }
  const samples = Math.max(1, Math.min(MAX_RECORD_SAMPLES, Math.round(fs)));
  return { text: (samples / fs).toFixed(8).slice(0, 8), samples };
}
