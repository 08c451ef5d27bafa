/** What a person says about a file that does not say it itself; what the file says comes first. */
export interface ReadHints {
  /** Samples per second. */
  readonly fs?: number;
  /** Millivolts of one unit of the stored numbers. */
  readonly millivoltsPerUnit?: number;
  /** Names of the leads, in the file's order. */
  readonly leadNames?: readonly string[];
  /** What columns of a table are to be read as, by their titles: `{ ch1: 'I', t: 'time (ms)', note: '' }`, empty for none. */
  readonly columns?: Readonly<Record<string, string>>;
}

/** Rate assumed where neither file nor person states one. */
export const ASSUMED_FS = 500;
