import type { Terminal } from './terminal.ts';

/** Tells how a batch goes: a bar on a terminal, a line per page elsewhere, nothing when quiet. */
export interface ProgressReporter {
  /** A page is done; `line` sums it up. */
  readonly page: (line: string) => void;
  /** How many pages are known so far. */
  readonly total: (pages: number) => void;
  /** Removes the bar. */
  readonly end: () => void;
}

export function createProgressReporter(
  terminal: Terminal,
  options: { readonly quiet: boolean; readonly now?: () => number },
): ProgressReporter {
  const now = options.now ?? (() => performance.now());
  const started = now();
  let total = 0;
  let done = 0;
  if (options.quiet) return { page: () => undefined, total: () => undefined, end: () => undefined };
  if (terminal.columns() === null) {
    return {
      page: (line) => terminal.out(`[${++done}/${total}] ${line}\n`),
      total: (pages) => void (total = pages),
      end: () => undefined,
    };
  }
  const draw = (line: string) => {
    terminal.err(`\r\u001b[K${progressBar(done, total, now() - started, line, terminal.columns() ?? 80)}`);
  };
  return {
    page(line) {
      done++;
      draw(line);
    },
    total(pages) {
      total = pages;
      draw('');
    },
    end: () => terminal.err('\r\u001b[K'),
  };
}

const BAR_CELLS = 24;

/**
 * One line of at most `columns - 1` characters.
 *
 * @example
 * progressBar(5, 10, 60_000, 'ok a.png', 80); // [############            ] 5/10  1:00 left  ok a.png
 */
export function progressBar(
  done: number,
  total: number,
  milliseconds: number,
  line: string,
  columns: number,
): string {
  const share = total > 0 ? done / total : 0;
  const filled = Math.round(share * BAR_CELLS);
  const left = done > 0 ? `${minutes(((total - done) * milliseconds) / done)} left` : 'starting';
  const bar = `[${'#'.repeat(filled)}${' '.repeat(BAR_CELLS - filled)}] ${done}/${total}  ${left}  ${line}`;
  return [...bar]
    .slice(0, columns - 1)
    .join('')
    .trimEnd();
}

/** Milliseconds as `m:ss` or `h:mm:ss`. */
export function minutes(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const hours = Math.floor(seconds / 3600);
  const rest = `${Math.floor((seconds % 3600) / 60)}`;
  const tail = String(seconds % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${rest.padStart(2, '0')}:${tail}` : `${rest}:${tail}`;
}
