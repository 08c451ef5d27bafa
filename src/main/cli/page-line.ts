/** What a line about a finished page may say; null where it is not known. */
export interface PageLineFacts {
  readonly label: string;
  readonly status: 'ok' | 'partial' | 'failed';
  readonly layout: string | null;
  readonly leadsFound: number | null;
  readonly confidence: number | null;
  readonly message: string | null;
  readonly milliseconds: number;
}

/**
 * One line about a finished page.
 *
 * @example
 * pageLine({ label: 'pink/a.png', status: 'ok', layout: '3x4+1', ... });
 * // ok       pink/a.png  3x4+1  12 leads  confidence 0.93  1.2 s
 */
export function pageLine(page: PageLineFacts): string {
  const { label, status, layout, leadsFound, confidence, message, milliseconds } = page;
  const found =
    status === 'failed'
      ? []
      : [
          layout,
          leadsFound === null ? null : `${leadsFound} ${leadsFound === 1 ? 'lead' : 'leads'}`,
          confidence === null ? null : `confidence ${confidence.toFixed(2)}`,
        ];
  const seconds = milliseconds > 0 ? `${(milliseconds / 1000).toFixed(1)} s` : null;
  return [status.padEnd(7), label, ...found, message, seconds].filter(Boolean).join('  ');
}
