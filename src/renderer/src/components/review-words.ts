import type { ReviewState } from '../../../shared/api/edit-record.ts';

/** What a state of review is called, and its tone. */
export const REVIEW_WORDS: Readonly<
  Record<ReviewState, { readonly word: string; readonly tone: 'ok' | 'warn' | 'bad' | 'busy' | 'idle' }>
> = {
  open: { word: 'To review', tone: 'idle' },
  'in-work': { word: 'In work', tone: 'busy' },
  accepted: { word: 'Accepted', tone: 'ok' },
  rejected: { word: 'Rejected', tone: 'bad' },
  'second-look': { word: 'Second look', tone: 'warn' },
};
