import { minutes } from './progress-reporter.ts';
import { textTable } from './text-table.ts';
import { ascending } from '../../shared/ascending.ts';

/** A page of the batch as the summary sees it. */
export interface BatchPage {
  readonly label: string;
  readonly status: 'ok' | 'partial' | 'failed';
  readonly message: string | null;
  readonly milliseconds: number;
}

/** Sums a batch up: counts and time, then a table naming each page that failed or lost leads, and why. */
export function batchSummary(
  pages: readonly BatchPage[],
  options: {
    readonly elapsed: number;
    readonly renewed: number;
    readonly stopped: boolean;
    readonly out: string;
  },
): string {
  const count = (status: BatchPage['status']) => pages.filter((page) => page.status === status).length;
  const times = pages.flatMap(({ milliseconds }) => (milliseconds > 0 ? milliseconds : [])).sort(ascending);
  const lines = [
    `${count('ok')} digitized, ${count('partial')} in part, ${count('failed')} failed; ` +
      `${minutes(options.elapsed)} in all` +
      (times.length > 0 ? `, ${Math.round(times[times.length >> 1]!)} ms per page (median)` : '') +
      `; results in ${options.out}`,
  ];
  if (options.renewed > 0) lines.push(renewedLine(options.renewed));
  if (options.stopped)
    lines.push('Stopped before the end: what is written is complete, the rest was not begun.');
  const troubled = pages
    .filter(({ status }) => status !== 'ok')
    .sort((a, b) => a.status.localeCompare(b.status) || (a.label < b.label ? -1 : 1));
  if (troubled.length > 0) {
    lines.push('');
    lines.push(
      textTable(
        ['page', 'status', 'reason'],
        troubled.map(({ label, status, message }) => [middleCut(label), status, message ?? '']),
      ),
    );
  }
  return lines.join('\n') + '\n';
}

const LABEL_LENGTH = 72;

/** Long labels lose their middle: start and end tell more. */
function middleCut(label: string): string {
  const chars = [...label];
  if (chars.length <= LABEL_LENGTH) return label;
  const half = (LABEL_LENGTH - 3) / 2;
  return `${chars.slice(0, Math.ceil(half)).join('')}...${chars.slice(-Math.floor(half)).join('')}`;
}

/** Says that files were replaced: nothing is overwritten without a word. */
export function renewedLine(renewed: number): string {
  return renewed === 1
    ? '1 file of an earlier run was replaced.'
    : `${renewed} files of an earlier run were replaced.`;
}
