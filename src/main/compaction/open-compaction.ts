import {
  DEFAULT_KEEP,
  keepRule,
  type CompactionProgress,
  type KeepRule,
} from '../../shared/api/compaction-record.ts';
import type { ServerEvent } from '../../shared/api/server-event.ts';
import { AppError } from '../../shared/app-error.ts';
import type { EditLease } from '../api/edit-lease.ts';
import type { Handlers } from '../api/handlers.ts';
import type { ReadingDesk } from '../api/reading-desk.ts';
import type { Project } from '../store/open-project.ts';
import { compactProject, previewCompaction, type CompactOptions } from './compact-project.ts';

type CompactionRoutes =
  'compaction' | 'previewCompaction' | 'changeKeep' | 'compactHistory' | 'cancelCompaction';

export interface Compaction {
  readonly handlers: Pick<Handlers, CompactionRoutes>;
  /** Ends what is under way; what is merged stays merged. */
  close(): Promise<void>;
}

const KEEP_KEY = 'keepHistory';

/** Nobody works when nothing was corrected for so long. */
const IDLE_MS = 5 * 60_000;

/** Progress is told so often at most. */
const TELL_MS = 100;

/** What is merged by itself is worth the line that it adds to a history. */
const AUTOMATIC_LEAST = 50;

/**
 * Answers what is asked about old history, and merges it: when somebody asks for it, and by itself while nobody corrects.
 *
 * @param idleMs - how long nothing must have been corrected before it begins by itself
 */
export function openCompaction(
  project: Project,
  desk: Pick<ReadingDesk, 'reader'>,
  lease: Pick<EditLease, 'expect'>,
  publish: (event: ServerEvent) => void,
  idleMs = IDLE_MS,
): Compaction {
  const keep = (): KeepRule => keepRule.catch(DEFAULT_KEEP).parse(project.settings.get(KEEP_KEY));
  let progress: CompactionProgress | null = null;
  let running: { readonly done: Promise<unknown>; readonly abort: AbortController } | null = null;
  let timer: NodeJS.Timeout;

  function begin(options: Omit<CompactOptions, 'signal' | 'onProgress'>): void {
    const abort = new AbortController();
    let told = -Infinity;
    const onProgress = (now: CompactionProgress): void => {
      progress = now;
      if (!now.finished && performance.now() - told < TELL_MS) return;
      told = performance.now();
      publish({ type: 'compaction', progress: now });
    };
    const done = compactProject(project, { ...options, signal: abort.signal, onProgress }).finally(() => {
      running = null;
    });
    running = { done, abort };
  }

  function wait(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const rule = keep();
      if (rule.automatic && !running) begin({ keep: rule, who: '', least: AUTOMATIC_LEAST });
    }, idleMs);
    timer.unref();
  }
  const deafen = project.on((event) => {
    if (event.type !== 'edits') return;
    wait();
  });
  wait();

  return {
    handlers: {
      compaction: () => ({ keep: keep(), progress }),
      previewCompaction: (rule, signal) => previewCompaction(project, rule, signal),
      changeKeep({ window, ...rule }) {
        lease.expect(window);
        project.settings.set(KEEP_KEY, rule);
        return { keep: rule, progress };
      },
      compactHistory({ window }) {
        lease.expect(window);
        if (running) throw new AppError('usage', 'The history is being compacted already.');
        begin({ keep: keep(), who: desk.reader() });
        return { ok: true };
      },
      cancelCompaction() {
        running?.abort.abort();
        return { ok: true };
      },
    },
    async close() {
      clearTimeout(timer);
      deafen();
      running?.abort.abort();
      await running?.done;
    },
  };
}
