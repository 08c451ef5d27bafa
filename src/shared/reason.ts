/** How much a reason matters: `info` explains, `warning` asks for eyes, `error` says why something is missing. */
export type Severity = 'info' | 'warning' | 'error';

/** Something a stage has to say about its result, in words an annotator understands. */
export interface Reason {
  /** Stable kebab-case identifier, e.g. `grid-missing`. */
  readonly code: string;
  readonly severity: Severity;
  /** One plain sentence. */
  readonly message: string;
}

/** What every stage of the digitizer returns: its value, how far it trusts it (0..1) and why. */
export interface StageResult<T> {
  readonly value: T;
  readonly confidence: number;
  readonly reasons: readonly Reason[];
}
