import { join } from 'node:path';
import { effortWeight } from '../../core/learning/effort-weight.ts';
import { splitPages, type SplitPage } from '../../core/learning/split-pages.ts';
import { packDigitization } from '../../core/page-view/pack-digitization.ts';
import type { SplitBy, TrainingSetFigures } from '../../shared/api/learning-record.ts';
import type { PageSummary } from '../../shared/api/page-record.ts';
import { AppError, toAppError } from '../../shared/app-error.ts';
import type { PageProcesses } from '../jobs/page-processes.ts';
import { TaskStopped } from '../processes/task-stopped.ts';
import type { CorrectedPages } from '../store/corrected-pages.ts';
import type { Project } from '../store/open-project.ts';
import type { EarlierPart } from '../store/training-set-table.ts';
import { groupOf } from './group-of.ts';
import type { TrainingPageTask } from './make-training-page.ts';
import { setFigures } from './set-figures.ts';
import { writeSet } from './set-files.ts';
import { SET_FORMAT, type SetPage } from './training-manifest.ts';

export interface MakeSetOptions {
  readonly splitBy?: SplitBy;
  readonly seed?: number;
  /** Shares of the pages that only stop, and that only prove. */
  readonly validation?: number;
  readonly locked?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** A training set, and the accepted pages that are not in it, with the reason in words. */
export interface MadeSet {
  readonly hash: string;
  readonly figures: TrainingSetFigures;
  readonly skipped: readonly { readonly page: string; readonly why: string }[];
}

/** Folder of a project in which its sets lie. */
export const setsFolder = (project: Pick<Project, 'dir'>): string => join(project.dir, 'training');

/**
 * Takes the accepted pages of a project, as people left them, into a training set that never changes: files in
 * `training/<hash>`, written beside and renamed when all are there, then the rows. The same pages in the same state give the
 * same set. 1.5 s a page, in child processes.
 *
 * @throws AppError `usage` when no page was accepted; `storage`, `cancelled`
 */
export async function makeTrainingSet(
  project: Project,
  corrected: CorrectedPages,
  processes: PageProcesses,
  options: MakeSetOptions = {},
): Promise<MadeSet> {
  const { splitBy = 'patient', seed = 1, validation = 0.15, locked = 0.2, signal, onProgress } = options;
  const pages = project.pages
    .summaries(project.pages.ids({ review: 'accepted' }))
    .sort((a, b) => a.id - b.id);
  if (pages.length === 0) {
    throw new AppError(
      'usage',
      'No page of this project was accepted yet: accept some (Ctrl+Enter), then learn from them.',
    );
  }
  const writer = await writeSet(setsFolder(project));
  const skipped: { page: string; why: string }[] = [];
  const taken: Omit<SetPage, 'part'>[] = [];
  let done = 0;
  const take = async (page: PageSummary): Promise<void> => {
    try {
      taken.push(await takePage(page));
    } catch (thrown) {
      const error =
        thrown instanceof TaskStopped && thrown.reason === 'stopped' ? cancelled(thrown) : toAppError(thrown);
      if (error.code === 'cancelled' || error.code === 'storage') throw error;
      skipped.push({ page: page.relativePath, why: error.message });
    }
    onProgress?.(++done, pages.length);
  };
  const takePage = async (page: PageSummary): Promise<Omit<SetPage, 'part'>> => {
    const place = project.pages.locate(page.id)!;
    const reading = corrected.page(page.id);
    if (!reading) throw new AppError('usage', 'It was not digitized.');
    const overrides = project.pages.overrides(page.id);
    const unverified = Object.entries(page.review.leads)
      .filter(([, state]) => state === 'second-look' || state === 'rejected')
      .map(([cellId]) => cellId);
    const documents = project.edits.documents(page.id);
    const history = project.edits.history(page.id);
    const task: TrainingPageTask = {
      path: project.pages.scanPath(page.id),
      pageIndex: page.pageIndex,
      overrides,
      packed: packDigitization(reading),
      masks: [...documents].flatMap(([key, bytes]) =>
        key.startsWith('mask/') ? [[key, Uint8Array.from(bytes)]] : [],
      ),
      unverified,
    };
    const { files, ...facts } = await processes.run('makeTrainingPage', task, { signal });
    const folder = `p${page.id}`;
    const edits = history.filter(({ kind, holds }) => kind === 'edit' && holds).length;
    return {
      pageId: page.id,
      folder,
      name: page.relativePath,
      pageIndex: page.pageIndex,
      content: place.contentHash,
      group: groupOf(splitBy, { ...page, folderPath: place.folderPath, tags: page.review.tags }),
      overrides,
      model: project.results.versions(page.id)?.['model'] ?? 'none',
      effort: effortWeight(edits, page.review.secondsSpent),
      edits,
      seconds: Math.round(page.review.secondsSpent),
      journalEntry: history.at(-1)?.id ?? null,
      unverified,
      ...facts,
      files: await writer.page(folder, files),
    };
  };
  try {
    // Two at a time: one is encoded while the next is decoded.
    const waiting = [...pages];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) await take(next);
    };
    await Promise.all([work(), work()]);
    if (taken.length === 0) {
      throw new AppError(
        'usage',
        `None of the accepted pages can be learnt from. ${skipped[0]!.page}: ${skipped[0]!.why}`,
      );
    }
    const earlier = project.trainingSets.earlierParts();
    const parts = splitPages(
      taken.flatMap((page): SplitPage[] => splitEntries(page, earlier)),
      { seed, validation, locked },
    );
    const listed = taken
      .sort((a, b) => a.pageId - b.pageId)
      .map((page): SetPage => ({ ...page, part: parts.get(page.pageId)! }));
    const { hash, bytes } = await writer.finish({
      format: SET_FORMAT,
      seed,
      splitBy,
      shares: { validation, locked },
      pages: listed,
    });
    const figures = setFigures(listed, splitBy, bytes);
    project.trainingSets.add({ hash, summary: figures }, listed);
    return { hash, figures, skipped };
  } finally {
    await writer.discard();
  }
}

/** A page for the division, with the strongest part that its scan or its group had. */
function splitEntries(page: Omit<SetPage, 'part'>, earlier: readonly EarlierPart[]): SplitPage[] {
  const known = earlier.filter(({ content, group }) => content === page.content || group === page.group);
  const { pageId: id, group, content } = page;
  const before = (['locked', 'validation', 'train'] as const).find((part) =>
    known.some((one) => one.part === part),
  );
  return [{ id, group, content, before: before ?? null }];
}

const cancelled = (cause: unknown): AppError =>
  new AppError('cancelled', 'The work was cancelled.', { cause });
