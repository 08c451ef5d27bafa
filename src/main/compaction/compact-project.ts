import { setImmediate } from 'node:timers/promises';
import type { CompactionPreview, CompactionProgress, KeepRule } from '../../shared/api/compaction-record.ts';
import { toAppError } from '../../shared/app-error.ts';
import type { Project } from '../store/open-project.ts';

/** Others get their turn at least that often. */
const SLICE_MS = 8;

/** Pages of the file that are given back to the disk at a time: one megabyte. */
const RELEASE_PAGES = 256;

export interface CompactOptions {
  readonly keep: Pick<KeepRule, 'actions' | 'days'>;
  /** Signs what is merged; '' for the program. */
  readonly who: string;
  /** Stacks with fewer actions to merge are left for later. */
  readonly least?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: CompactionProgress) => void;
}

/**
 * Merges what is old in the histories of all pages and readings, one at a time, each in one transaction: ended in the middle,
 * every page is as it was before or as it is afterwards. Works in slices of a few milliseconds, so that a window can go on
 * correcting meanwhile.
 *
 * @returns what was done, also when `signal` ended it early or the disk is full (then `message` says so)
 */
export async function compactProject(project: Project, options: CompactOptions): Promise<CompactionProgress> {
  const { keep, who, least = 2, signal, onProgress } = options;
  const { compaction } = project;
  const stacks = compaction.candidates(keep);
  const sum = { actions: 0, states: 0, bytesBefore: 0, bytesAfter: 0 };
  let done = 0;
  let message: string | null = null;
  const progress = (finished: boolean): CompactionProgress => {
    return { done, total: stacks.length, finished, ...sum, message };
  };
  const rest = createRests();
  try {
    for (const stack of stacks) {
      await rest();
      if (signal?.aborted) break;
      const size = compaction.runs(stack, keep).reduce((total, { ids }) => total + ids.length, 0);
      if (size >= least) {
        const work = compaction.merge(stack, keep, who);
        let step = work.next();
        while (!step.done && !signal?.aborted) {
          await rest();
          step = work.next();
        }
        if (!step.done) break;
        if (step.value) {
          sum.actions += step.value.actions;
          sum.states += step.value.states;
          sum.bytesBefore += step.value.bytesBefore;
          sum.bytesAfter += step.value.bytesAfter;
        }
      }
      done++;
      onProgress?.(progress(false));
    }
    while (sum.actions > 0 && !signal?.aborted && compaction.release(RELEASE_PAGES)) await setImmediate();
  } catch (thrown) {
    message = toAppError(thrown).message;
  }
  const end = progress(true);
  onProgress?.(end);
  return end;
}

/** What `compactProject` would do, in slices as well. @throws the reason of `signal` */
export async function previewCompaction(
  { compaction }: Project,
  keep: CompactOptions['keep'],
  signal?: AbortSignal,
): Promise<CompactionPreview> {
  const preview = { stacks: 0, actions: 0, states: 0, bytes: 0 };
  const rest = createRests();
  for (const stack of compaction.candidates(keep)) {
    await rest();
    signal?.throwIfAborted();
    const runs = compaction.runs(stack, keep);
    if (runs.length === 0) continue;
    preview.stacks++;
    preview.states += runs.length;
    for (const { ids, bytes } of runs) {
      preview.actions += ids.length;
      preview.bytes += bytes;
    }
  }
  let journalBytes = 0;
  for (let part = compaction.journalBytes(0); part; part = compaction.journalBytes(part.last)) {
    journalBytes += part.bytes;
    await rest();
    signal?.throwIfAborted();
  }
  return { ...preview, journalBytes };
}

/** Makes what lets others have their turn when it has been long enough since the last. */
function createRests(): () => Promise<void> | void {
  let since = performance.now();
  return () => {
    if (performance.now() - since < SLICE_MS) return;
    return setImmediate().then(() => {
      since = performance.now();
    });
  };
}
