import type { TrainingRunRecord, TrainingSetFigures } from '../../../../shared/api/learning-record.ts';

const counted = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

/** What a training set holds, in short. */
export function setWords({ pages, groups, splitBy, changedPages, seconds }: TrainingSetFigures): string {
  const all = pages.train + pages.validation + pages.locked;
  const parts = [counted(all, 'page'), `of ${counted(groups, splitBy === 'patient' ? 'patient' : 'folder')}`];
  return `${parts.join(' ')} · ${changedPages} corrected · ${timeWords(seconds)} of work`;
}

/**
 * A length of time as people say it.
 *
 * @example
 * timeWords(4000) // '1 h 7 min'
 */
export function timeWords(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A difference in decibels with its sign. */
export function gainWords(db: number): string {
  return `${db < 0 ? '−' : '+'}${Math.abs(db).toFixed(2)} dB`;
}

/** Where a fine-tuning stands. */
export function runWords(run: TrainingRunRecord): string {
  const { state, progress, steps, message } = run;
  switch (state) {
    case 'running':
      if (!progress) return 'Reading the pages and measuring the model as it is…';
      return `Step ${progress.step} of ${steps} · ${timeWords(progress.secondsLeft)} left at most · ${progress.residentMb} MB`;
    case 'paused':
      return 'Paused; it goes on from its last checkpoint.';
    case 'done':
      return 'Done; its model is among those to prove.';
    case 'failed':
      return message ?? 'It failed.';
    case 'cancelled':
      return 'Cancelled.';
  }
}

/** When something was, for lists. */
export function dateWords(milliseconds: number): string {
  return new Date(milliseconds).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}
