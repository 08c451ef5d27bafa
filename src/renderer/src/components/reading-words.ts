import type { ReadingFilter } from '../../../shared/api/reading-record.ts';

/** What a stage of double reading is called in the queue and its filter. */
export const STAGE_TITLES: Readonly<Record<ReadingFilter, string>> = {
  mine: 'Yours to read',
  first: 'Needs first reader',
  second: 'Needs second reader',
  adjudicate: 'Needs adjudication',
  decided: 'Adjudicated',
};
