import type { LeadMeasures } from '../../core/metrics/measure-page.ts';
import type { PageScore } from '../../core/metrics/score-page.ts';
import type { LeadName } from '../../shared/lead-name.ts';
import type { PageNotes } from '../cli/read-page-notes.ts';
import type { PageFacts } from './read-page-facts.ts';
import type { MaskScore } from './score-masks.ts';

/** One page of truth against what was digitized. */
export interface ScoredPage {
  readonly folder: string;
  readonly name: string;
  readonly score: PageScore;
  /** From the page report beside the prediction; nulls when there is none. */
  readonly notes: PageNotes;
  readonly facts: PageFacts;
  /** null unless asked for. */
  readonly measures: ReadonlyMap<LeadName, LeadMeasures> | null;
  /** null unless asked for, and where not both sides have a mask. */
  readonly masks: MaskScore | null;
  /** Files this page was read from. */
  readonly truthPath: string;
  readonly predictionPath: string;
}
