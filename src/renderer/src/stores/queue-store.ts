import { defineStore } from 'pinia';
import { computed, reactive, ref, shallowReactive, shallowRef, watch } from 'vue';
import type { PageSummary } from '../../../shared/api/page-record.ts';
import { toAppError, type AppError } from '../../../shared/app-error.ts';
import { call } from '../api/client.ts';
import { chunked } from '../services/chunked.ts';
import { EMPTY_FILTER, filterQuery, isFiltering, type QueueFilter } from './queue-filter.ts';
import { keepListed, NO_SELECTION, select, type Selection, type SelectMode } from './queue-selection.ts';

const SEARCH_DELAY_MS = 180;
const BATCH = 200;

/** The list of pages: ids in order for the filter, summaries of the rows seen so far, selection and current page. */
export const useQueue = defineStore('queue', () => {
  const filter = reactive<QueueFilter>({ ...EMPTY_FILTER });
  const ids = shallowRef<readonly number[]>([]);
  const total = ref(0);
  /** Why pages stand where they do, where the order is that of what correcting them teaches. */
  const words = shallowRef<Readonly<Record<string, string>>>({});
  const phase = ref<'loading' | 'ready' | 'failed'>('loading');
  const error = shallowRef<AppError | null>(null);
  const summaries = shallowReactive(new Map<number, PageSummary>());
  /** Only these pages are listed, of those that match the filter; null: all. */
  const only = shallowRef<{ readonly title: string; readonly ids: ReadonlySet<number> } | null>(null);
  const selection = shallowRef<Selection>(NO_SELECTION);
  const currentId = ref<number | null>(null);

  const index = computed(() => (currentId.value === null ? -1 : ids.value.indexOf(currentId.value)));
  const filtering = computed(() => only.value !== null || isFiltering(filter));
  const current = computed(() => (currentId.value === null ? null : summaries.get(currentId.value)));
  /** Layouts seen so far, for the filter menu. */
  const layouts = computed(() =>
    [...new Set([...summaries.values()].flatMap((page) => (page.layout ? [page.layout] : [])))].sort(),
  );

  let listing: AbortController | null = null;
  async function load(): Promise<void> {
    listing?.abort();
    const mine = (listing = new AbortController());
    try {
      const answer = await call('pageIds', filterQuery(filter), { signal: mine.signal });
      const among = only.value?.ids;
      const listed = among ? answer.ids.filter((id) => among.has(id)) : answer.ids;
      ids.value = listed;
      total.value = answer.total;
      words.value = answer.words ?? {};
      phase.value = 'ready';
      error.value = null;
      selection.value = keepListed(selection.value, listed);
      if (currentId.value === null && listed.length > 0) open(listed[0]!);
    } catch (thrown) {
      if (mine.signal.aborted) return;
      error.value = toAppError(thrown);
      // A list on screen outlives a lost server; the banner tells of it, and it is read again when the server is back.
      if (phase.value !== 'ready' || error.value.code !== 'unreadable') phase.value = 'failed';
    }
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(filter, () => {
    clearTimeout(timer);
    timer = setTimeout(() => void load(), SEARCH_DELAY_MS);
  });

  const asked = new Set<number>();
  /** Fetches the summaries of these rows that are not there yet. */
  async function ensure(wanted: readonly number[]): Promise<void> {
    const missing = wanted.filter((id) => !summaries.has(id) && !asked.has(id));
    if (missing.length > 0) await fetchSummaries(missing);
  }

  async function fetchSummaries(wanted: readonly number[]): Promise<void> {
    for (const batch of chunked(wanted, BATCH)) {
      for (const id of batch) asked.add(id);
      try {
        for (const page of await call('pageSummaries', { ids: [...batch] })) summaries.set(page.id, page);
      } catch {
        // Rows stay skeletons; the next scroll or event asks again, the banner tells of a lost server.
      } finally {
        for (const id of batch) asked.delete(id);
      }
    }
  }

  /** Pages changed on the server: fetches anew those that were shown before. */
  async function refresh(changed: readonly number[]): Promise<void> {
    await fetchSummaries(changed.filter((id) => summaries.has(id)));
  }

  /** All rows may look otherwise: they are read anew. */
  async function reread(): Promise<void> {
    const known = ids.value.filter((id) => summaries.has(id)).slice(0, BATCH);
    for (const id of [...summaries.keys()]) if (!known.includes(id)) summaries.delete(id);
    await Promise.all([fetchSummaries(known), load()]);
  }

  function open(id: number, mode: SelectMode = 'single'): void {
    selection.value = select(selection.value, ids.value, id, mode);
    if (mode !== 'toggle' || selection.value.ids.has(id)) currentId.value = id;
  }

  /** Opens the page `offset` rows away, staying inside the list. */
  function step(offset: number, mode: SelectMode = 'single'): void {
    if (ids.value.length === 0) return;
    const at = Math.min(ids.value.length - 1, Math.max(0, index.value + offset));
    open(ids.value[at]!, mode);
  }

  function selectAll(): void {
    selection.value = { ids: new Set(ids.value), anchor: ids.value[0] ?? null };
  }

  /** Lists only these pages, until it is told null. */
  function showOnly(pages: typeof only.value): void {
    only.value = pages;
    void load();
  }

  function clearFilter(): void {
    if (only.value) showOnly(null);
    Object.assign(filter, {
      ...EMPTY_FILTER,
      sort: filter.sort,
      strategy: filter.strategy,
      descending: filter.descending,
    });
  }

  return {
    filter,
    ids,
    total,
    words,
    phase,
    error,
    summaries,
    only,
    selection,
    currentId,
    index,
    filtering,
    current,
    layouts,
    load,
    ensure,
    refresh,
    reread,
    open,
    step,
    selectAll,
    showOnly,
    clearFilter,
  };
});
