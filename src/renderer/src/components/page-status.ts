import type { PageStatus } from '../../../shared/api/page-record.ts';

/** What a page's status is called, and its tone. */
export const STATUS_WORDS: Readonly<
  Record<PageStatus, { readonly word: string; readonly tone: 'ok' | 'warn' | 'bad' | 'busy' | 'idle' }>
> = {
  ok: { word: 'Digitized', tone: 'ok' },
  partial: { word: 'Partial', tone: 'warn' },
  failed: { word: 'Failed', tone: 'bad' },
  running: { word: 'Digitizing', tone: 'busy' },
  queued: { word: 'Waiting', tone: 'idle' },
  new: { word: 'Not digitized', tone: 'idle' },
};

/** What a stage of the digitizer is called while it runs. */
export const STAGE_WORDS: Readonly<Record<string, string>> = {
  rectify: 'Finding paper and grid',
  ink: 'Separating ink from grid',
  layout: 'Reading layout and labels',
  trace: 'Tracing leads',
  signal: 'Calibrating signals',
  lint: 'Checking physiology',
};
