import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';

const KEPT_CHARACTERS = 4000;
/** How long the error stream may outlive its process, milliseconds. */
const LAST_WORDS_MS = 1000;

/**
 * Collects what a child process says on its error stream, to tell in the end why it ended.
 *
 * @returns words for an end, given how it came: `with exit code 7`, `by SIGSEGV`
 */
export function describeEnd(stderr: Readable | null): (how: string) => Promise<string> {
  let tail = '';
  stderr?.on('data', (part: Buffer) => (tail = (tail + part.toString()).slice(-KEPT_CHARACTERS)));
  return async (how) => {
    if (stderr) await finished(stderr, { signal: AbortSignal.timeout(LAST_WORDS_MS) }).catch(() => {});
    // V8 begins its last words with FATAL ERROR, an uncaught exception with its class.
    const words = tail.split('\n').filter((line) => /^(FATAL ERROR|\w*Error\b)/.test(line));
    const reason = words.at(-1)?.trim();
    return reason ? `its process ended ${how}: ${reason}` : `its process ended ${how}`;
  };
}
