import type { ServerEvent } from '../../../shared/api/server-event.ts';
import { connectEvents } from '../api/events.ts';
import { useCompaction } from '../stores/compaction-store.ts';
import { useDataset } from '../stores/dataset-store.ts';
import { useEditor } from '../stores/editor-store.ts';
import { useExports } from '../stores/export-store.ts';
import { useImports } from '../stores/import-store.ts';
import { useJobs } from '../stores/jobs-store.ts';
import { useLearning } from '../stores/learning-store.ts';
import { useLease } from '../stores/lease-store.ts';
import { useModels } from '../stores/models-store.ts';
import { usePartLook } from '../stores/part-look-store.ts';
import { usePageLook } from '../stores/page-look-store.ts';
import { usePage } from '../stores/page-store.ts';
import { useProject } from '../stores/project-store.ts';
import { useReaders } from '../stores/readers-store.ts';
import { useQueue } from '../stores/queue-store.ts';

const LIST_DELAY_MS = 250;
const PAGES_DELAY_MS = 80;

/**
 * Feeds the event stream to the stores. Bursts (a folder of 10,000 files arriving, pages finishing side by side) are
 * gathered so that the list is read at most four times a second.
 *
 * @returns the function that disconnects
 */
export function startEventHub(): () => void {
  const project = useProject();
  const queue = useQueue();
  const jobs = useJobs();
  const page = usePage();
  const exports = useExports();
  const imports = useImports();
  const models = useModels();
  const learning = useLearning();
  const editor = useEditor();
  const lease = useLease();
  const readers = useReaders();
  const partLook = usePartLook();
  const pageLook = usePageLook();
  const dataset = useDataset();
  const compaction = useCompaction();

  let listTimer: ReturnType<typeof setTimeout> | undefined;
  let pagesTimer: ReturnType<typeof setTimeout> | undefined;
  const changed = new Set<number>();

  const flushPages = (): void => {
    pagesTimer = undefined;
    const ids = [...changed];
    changed.clear();
    void queue.refresh(ids);
    void page.refresh(ids);
  };

  const onEvent = (event: ServerEvent): void => {
    switch (event.type) {
      case 'jobs':
        return jobs.apply(event.state);
      case 'pages':
        for (const id of event.ids) {
          changed.add(id);
          jobs.stages.delete(id);
        }
        pagesTimer ??= setTimeout(flushPages, PAGES_DELAY_MS);
        return;
      case 'lease':
        return lease.heard(event.holder);
      case 'edits':
        return editor.heard(event.id, event.reader, event.revision);
      case 'list':
        listTimer ??= setTimeout(() => {
          listTimer = undefined;
          void queue.load();
        }, LIST_DELAY_MS);
        return;
      case 'folders':
        void project.loadFolders().catch(() => undefined);
        return;
      case 'readers':
        void readers.changed();
        return;
      case 'models':
        learning.refresh();
        return models.refresh();
      case 'learning':
        return learning.refresh();
      case 'stage':
        jobs.stages.set(event.id, { stage: event.stage, progress: event.progress });
        return;
      case 'part-look':
        partLook.apply(event);
        return pageLook.apply(event);
      case 'dataset':
        if (!event.progress.running && queue.filter.sort === 'teaching') void queue.load();
        return dataset.apply(event.progress);
      case 'compaction':
        return compaction.apply(event.progress);
      case 'import':
        return imports.apply(event.progress);
      case 'export':
        return exports.apply(event);
    }
  };

  const onConnection = (up: boolean): void => {
    const back = up && !project.connected;
    project.setConnected(up);
    if (!back) return;
    // Whatever happened meanwhile went unheard.
    void project.load().catch(() => undefined);
    void readers.load().catch(() => undefined);
    void queue.load();
    if (page.id !== null) void page.refresh([page.id]);
  };

  const close = connectEvents({ onEvent, onConnection });
  return () => {
    clearTimeout(listTimer);
    clearTimeout(pagesTimer);
    close();
  };
}
