import { watch } from 'vue';
import { loadBitmap } from '../services/page-bitmaps.ts';
import { loadPageBundle } from '../services/page-bundle.ts';
import { reduceLevelFor } from '../canvas/reduce-level.ts';
import { call } from '../api/client.ts';
import { useEditor } from '../stores/editor-store.ts';
import { usePage } from '../stores/page-store.ts';
import { useQueue } from '../stores/queue-store.ts';
import { useView } from '../stores/view-store.ts';

const QUIET_MS = 250;

/** Fetches the next and the previous page of the queue once the open one has settled, next first. */
export function usePrefetch(): void {
  const page = usePage();
  const queue = useQueue();
  const view = useView();
  const editor = useEditor();
  let running: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function fetchNeighbours(): Promise<void> {
    const mine = (running = new AbortController());
    for (const offset of [1, -1]) {
      const id = queue.ids[queue.index + offset];
      if (id === undefined || mine.signal.aborted) continue;
      const level = reduceLevelFor(view.scale, devicePixelRatio);
      // A neighbour that cannot be fetched tells why when it is opened.
      await Promise.allSettled([loadPageBundle(id), loadBitmap(id, level, mine.signal)]);
      // Its ink is made where it is kept, so that correcting begins at once there, too.
      if (offset === 1 && editor.correcting) {
        await call('pageEvidence', { id }, { signal: mine.signal }).catch(() => undefined);
      }
    }
  }

  watch([() => page.id, () => page.phase], () => {
    clearTimeout(timer);
    running?.abort();
    if (page.phase === 'ready') timer = setTimeout(() => void fetchNeighbours(), QUIET_MS);
  });
}
