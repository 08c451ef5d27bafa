import type { Terminal } from './terminal.ts';

/** A signal that fires on Ctrl+C or a request to terminate; a second Ctrl+C ends the process at once. */
export function interruptSignal(terminal: Terminal): {
  readonly signal: AbortSignal;
  readonly release: () => void;
} {
  const controller = new AbortController();
  const stop = () => {
    release();
    terminal.err('\nStopping; press Ctrl+C again to quit at once.\n');
    controller.abort();
  };
  const release = () => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return { signal: controller.signal, release };
}
