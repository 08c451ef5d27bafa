import type { PageDetail } from '../../../shared/api/page-record.ts';
import { decodeSignals, type SignalView } from '../../../shared/api/signal-bytes.ts';
import { decodeTraces, type TraceView } from '../../../shared/api/trace-bytes.ts';
import type { Points } from '../canvas/polygon.ts';
import { tidyOutlines } from '../canvas/tidy-outlines.ts';
import { call } from '../api/client.ts';
import { createRecentCache } from './recent-cache.ts';

/** Everything shown of a page except its pixels. */
export interface PageBundle {
  readonly detail: PageDetail;
  readonly traces: readonly TraceView[];
  readonly signals: readonly SignalView[];
  /** Lead boxes to draw and to hit, by cell id; image pixels. */
  readonly outlines: ReadonlyMap<string, Points>;
}

const cache = createRecentCache<number, Promise<PageBundle>>({ limit: 24 });

/** The page from the cache or the server; three requests side by side, about 200 kB. */
export function loadPageBundle(id: number): Promise<PageBundle> {
  const known = cache.get(id);
  if (known) return known;
  const loading = fetchBundle(id);
  cache.set(id, loading);
  loading.catch(() => cache.delete(id));
  return loading;
}

/** Forgets pages that changed on the server. */
export function forgetPageBundles(ids: readonly number[]): void {
  for (const id of ids) cache.delete(id);
}

/** Forgets every page: they look otherwise now. */
export function forgetAllPageBundles(): void {
  cache.clear();
}

async function fetchBundle(id: number): Promise<PageBundle> {
  const detail = await call('page', { id });
  const digitized = detail.status === 'ok' || detail.status === 'partial' || detail.cells.length > 0;
  const outlines = tidyOutlines(detail.cells);
  if (!digitized) return { detail, traces: [], signals: [], outlines };
  const [traces, signals] = await Promise.all([
    call('pageTraces', { id }).then(decodeTraces),
    call('pageSignals', { id }).then(decodeSignals),
  ]);
  return { detail, traces, signals, outlines };
}
