import type { PageSort } from '../../../shared/api/routes.ts';
import type { Strategy } from '../../../shared/learning-strategy.ts';
import type { ReviewState } from '../../../shared/api/edit-record.ts';
import type { ReadingFilter } from '../../../shared/api/reading-record.ts';
import type { PageStatus } from '../../../shared/api/page-record.ts';
import type { CallInput } from '../api/client.ts';

/** What the queue shows and in which order; null means "all". */
export interface QueueFilter {
  search: string;
  status: PageStatus | null;
  review: ReviewState | null;
  stage: ReadingFilter | null;
  folderId: number | null;
  layout: string | null;
  sort: PageSort;
  /** How pages are chosen where they are sorted by what correcting them teaches. */
  strategy: Strategy;
  descending: boolean;
}

export const EMPTY_FILTER: Readonly<QueueFilter> = {
  search: '',
  status: null,
  review: null,
  stage: null,
  folderId: null,
  layout: null,
  sort: 'name',
  strategy: 'combined',
  descending: false,
};

/** The filter as the query of `/api/page-ids`, absent values left out. */
export function filterQuery(filter: QueueFilter): CallInput<'pageIds'> {
  const search = filter.search.trim();
  return {
    ...(search ? { search } : {}),
    ...(filter.status ? { status: filter.status } : {}),
    ...(filter.review ? { review: filter.review } : {}),
    ...(filter.stage ? { stage: filter.stage } : {}),
    ...(filter.folderId === null ? {} : { folderId: filter.folderId }),
    ...(filter.layout ? { layout: filter.layout } : {}),
    sort: filter.sort,
    ...(filter.sort === 'teaching' ? { strategy: filter.strategy } : {}),
    descending: filter.descending ? 'true' : 'false',
  };
}

/** Whether anything is hidden by the filter (the order hides nothing). */
export function isFiltering(filter: QueueFilter): boolean {
  return Boolean(
    filter.search.trim() ||
    filter.status ||
    filter.review ||
    filter.stage ||
    filter.folderId !== null ||
    filter.layout,
  );
}
