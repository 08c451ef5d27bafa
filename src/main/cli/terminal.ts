/** Where a command talks to: the process's streams in life, strings in tests. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Columns of an interactive terminal on the error stream; null when it is a file or a pipe. */
  readonly columns: () => number | null;
}

/** The process's own streams: results on stdout, progress and complaints on stderr. */
export const processTerminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  columns: () => (process.stderr.isTTY ? (process.stderr.columns ?? 80) : null),
};

/** What a command ends with. `failures`: some pages failed, the rest is written. */
export const EXIT = { ok: 0, internal: 1, usage: 2, failures: 3, interrupted: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
