import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { ReviewChange, ReviewState } from '../../../shared/api/edit-record.ts';
import { call, type CallOutput } from '../api/client.ts';
import { pageClock } from '../services/page-clock.ts';
import { useEditor } from './editor-store.ts';
import { usePage } from './page-store.ts';
import { useQueue } from './queue-store.ts';
import { useToasts } from './toast-store.ts';

const DONE_WORDS: Readonly<Record<ReviewState, string>> = {
  open: 'Open again',
  'in-work': 'Taken up again',
  accepted: 'Accepted',
  rejected: 'Rejected',
  'second-look': 'Marked for a second look',
};

/** Decisions about pages, and how far the project is. */
export const useReview = defineStore('review', () => {
  const page = usePage();
  const queue = useQueue();
  const editor = useEditor();
  const toasts = useToasts();
  const progress = shallowRef<CallOutput<'progress'> | null>(null);

  async function loadProgress(): Promise<void> {
    progress.value = await call('progress', {});
  }

  /** Changes what is said about a page; the queue and the page show it at once. */
  async function change(id: number, what: ReviewChange): Promise<void> {
    const review = await call('review', { id, ...what });
    const summary = queue.summaries.get(id);
    if (summary) queue.summaries.set(id, { ...summary, review });
    // A decision may be what the other reader's waited for.
    if (summary?.reading) await queue.refresh([id]);
    if (page.bundle?.detail.id === id) {
      page.bundle = { ...page.bundle, detail: { ...page.bundle.detail, review } };
    }
    void loadProgress().catch(() => undefined);
  }

  /** Decides on the open page; with `onwards` the next one opens at once, saving goes on behind it. */
  function decide(state: ReviewState, reason = '', onwards = false): void {
    const id = page.id;
    if (id === null) return;
    const before = queue.summaries.get(id)?.review.state ?? 'open';
    const seat = queue.summaries.get(id)?.reading?.seat ?? '';
    const name = queue.summaries.get(id)?.name ?? '';
    const milliseconds = pageClock.take();
    const saved = editor.settled();
    if (onwards) queue.step(1);
    const act = async (): Promise<void> => {
      await saved;
      await change(id, { state, reason, milliseconds });
      const stage = queue.summaries.get(id)?.reading?.stage;
      const isLast = stage === 'adjudicate' && seat !== '';
      const undo = { label: 'Undo', run: () => void change(id, { state: before }).catch(() => undefined) };
      toasts.show({
        kind: 'success',
        title: `${DONE_WORDS[state]}: ${name}`,
        // Whoever may have seen the other's reading does not take up his own again.
        ...(isLast
          ? { detail: 'Both readers have finished: it waits for a decision between them.' }
          : { action: undo }),
      });
    };
    act().catch((thrown: unknown) => toasts.fail(`${name} was not decided on`, thrown));
  }

  return { progress, loadProgress, change, decide };
});
