import type { PageReview, ReviewState } from '../../shared/api/edit-record.ts';

/** What the table of pages holds of a review, by the names of `REVIEW_COLUMNS`. */
export interface StoredReview {
  readonly state: ReviewState;
  readonly reason: string;
  readonly note: string;
  readonly tags: string;
  readonly leads: string;
  readonly leadReasons: string;
  readonly milliseconds: number;
  readonly edits: number;
}

/** The columns of `pages` that make a review. */
export const REVIEW_COLUMNS =
  'review AS state, reason, note, tags, leads, lead_reasons AS leadReasons, milliseconds_spent AS milliseconds, edits';

export function toReview({ tags, leads, leadReasons, milliseconds, ...stored }: StoredReview): PageReview {
  return {
    ...stored,
    tags: JSON.parse(tags) as string[],
    leads: JSON.parse(leads) as PageReview['leads'],
    leadReasons: JSON.parse(leadReasons) as PageReview['leadReasons'],
    secondsSpent: milliseconds / 1000,
  };
}
