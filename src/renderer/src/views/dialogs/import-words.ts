import type { ImportIssue, ImportKind, ImportProgress } from '../../../../shared/api/import-record.ts';
import { LEAD_NAMES } from '../../../../shared/lead-name.ts';

/** What the kinds of imports are called. */
export const KIND_WORDS: Readonly<Record<ImportKind, string>> = {
  auto: 'Whatever is found',
  pairs: 'Scans with signals',
  kaggle: 'Kaggle competition',
  'ecg-image-kit': 'ECG-Image-Kit',
  ecgminer: 'ECGMiner',
  ecgtizer: 'ECGtizer',
  'paper-ecg': 'PaperECG',
  masks: 'Scans with masks only',
};

export const ISSUE_WORDS: Readonly<Record<ImportIssue['kind'], string>> = {
  conflict: 'Conflict',
  unpaired: 'Alone',
  unreadable: 'Unreadable',
  refused: 'Refused',
  doubtful: 'Doubtful',
};

/** How far an import is, in a few words. */
export function progressWords({ stage, done, total }: ImportProgress): string {
  const of = total > 0 ? ` ${done.toLocaleString('en')} of ${total.toLocaleString('en')}` : '';
  switch (stage) {
    case 'looking':
      return 'Looking through the folder';
    case 'reading':
      return `Reading signals${of}`;
    case 'importing':
      return total > 0 ? `Importing signals${of}` : 'Adding the scans';
    case 'digitizing':
      return `Digitizing pages${of}`;
    case 'comparing':
      return 'Laying masks over pages and comparing signals';
    case 'ready':
    case 'done':
    case 'failed':
      return '';
  }
}

/** What a column can stand for: how it is called, and what is sent. */
export const COLUMN_MEANINGS: readonly { readonly title: string; readonly meaning: string }[] = [
  { title: 'Leave out', meaning: '' },
  { title: 'Time, seconds', meaning: 'time (s)' },
  { title: 'Time, milliseconds', meaning: 'time (ms)' },
  ...LEAD_NAMES.map((name) => ({ title: `Lead ${name}`, meaning: name })),
];

/** What columns most likely stand for: a clock by its title, and twelve others the leads in their usual order. */
export function guessColumns(titles: readonly string[]): Record<string, string> {
  const isTime = (title: string): boolean => /^(t|time|zeit|sec|ms)\b|time/i.test(title.trim());
  const others = titles.filter((title) => !isTime(title));
  return Object.fromEntries(
    titles.map((title) => {
      if (isTime(title)) return [title, /ms|milli/i.test(title) ? 'time (ms)' : 'time (s)'];
      return [title, others.length === LEAD_NAMES.length ? LEAD_NAMES[others.indexOf(title)]! : ''];
    }),
  );
}
