import type { PageDetail } from '../../../../shared/api/page-record.ts';

/** What a person can do about a failed page, most useful first. */
export function adviceFor(detail: Pick<PageDetail, 'reasons' | 'message' | 'facts'>): readonly string[] {
  const text = [detail.message ?? '', ...detail.reasons.map((r) => `${r.code} ${r.message}`)]
    .join(' ')
    .toLowerCase();
  const advice: string[] = [];
  const on = (pattern: RegExp, words: string): void => {
    if (pattern.test(text)) advice.push(words);
  };
  on(
    /no.grid|grid.missing|state the scale/,
    'State the scale (pixels per millimetre) under Page facts; it stands in for the grid.',
  );
  on(/layout|lead|label/, 'Choose the layout under Page facts when you know it.');
  on(/turn|rotat|upside|orient/, 'Turn the page with Rotation under Page facts.');
  on(/password|locked|encrypt/, 'Save the file without its password; it is read again by itself.');
  on(/truncat|damaged|corrupt|empty|zero/, 'Fetch or scan the file again; it is read again by itself.');
  on(/too.?(large|big|many)|limit/, 'Scan at 200 to 400 dpi; more gains nothing.');
  on(
    /no.?ecg|no row of ecg|no pen|blank|not an ecg/,
    'If this is an ECG, scan it flat, in colour, at 200 dpi or more.',
  );
  if (advice.length === 0)
    advice.push('Look whether the page is upright, sharp and complete, then digitize it again.');
  return advice;
}
