import { join } from 'node:path';
import { judgeCandidate } from '../../core/learning/judge-candidate.ts';
import { pairedBootstrap } from '../../core/learning/paired-bootstrap.ts';
import type { LeadTable } from '../../core/metrics/lead-table.ts';
import { scoreFolder } from '../../core/metrics/score-folder.ts';
import { scorePage, type PageScore } from '../../core/metrics/score-page.ts';
import { toLeadTable } from '../../core/metrics/to-lead-table.ts';
import { unpackDigitization } from '../../core/page-view/pack-digitization.ts';
import { createRandom } from '../../core/synthesis/random.ts';
import type { ProofFigures, ProofFolder, ProofReport } from '../../shared/api/learning-record.ts';
import type { PageOverrides } from '../../shared/api/page-record.ts';
import { AppError, toAppError } from '../../shared/app-error.ts';
import type { PageModel } from '../inference/page-model.ts';
import type { PageProcesses } from '../jobs/page-processes.ts';
import { TaskStopped } from '../processes/task-stopped.ts';
import type { Project } from '../store/open-project.ts';
import type { ReferencePage } from './find-reference-pages.ts';
import { setsFolder } from './make-training-set.ts';
import { readManifest, readSetFile } from './set-files.ts';
import type { SetPage } from './training-manifest.ts';

export interface ProveOptions {
  readonly candidate: PageModel;
  /** The model in use; null where none is. */
  readonly current: PageModel | null;
  /** Training set whose locked pages prove it; null for reference pages alone. */
  readonly set: string | null;
  readonly references: readonly ReferencePage[];
  /** Pages at a time; as many as there are processes. */
  readonly jobs?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** A page of the proof. */
interface Exam {
  readonly folder: string;
  readonly kind: ProofFolder['kind'];
  readonly name: string;
  readonly path: string;
  readonly pageIndex: number;
  readonly overrides: PageOverrides;
  readonly truth: LeadTable;
  /** Of the set, where its traces are known. */
  readonly setPage: SetPage | null;
}

interface Result {
  readonly exam: Exam;
  readonly scores: readonly [current: PageScore, candidate: PageScore];
  readonly dice: readonly [current: DiceParts | null, candidate: DiceParts | null];
}

type DiceParts = { readonly overlap: number; readonly squares: number };

const LOCKED = 'Locked pages';
const SEED = 20250611;

/**
 * Reads the locked pages of a training set, whose corrections are the truth, and reference pages with both models, each from
 * its scan as it would be digitized, and compares. A page counts with at most 25.8 dB, so that leads nobody had to touch,
 * which repeat the reading that was accepted, weigh no more than any good lead. Some seconds a page, in child processes.
 *
 * @throws AppError `usage` when there is no page to prove it on; `cancelled`
 */
export async function proveCandidate(
  project: Project,
  processes: PageProcesses,
  options: ProveOptions,
): Promise<ProofReport> {
  const { candidate, current, set, references, jobs = 1, signal, onProgress } = options;
  const leftOut: { page: string; why: string }[] = [];
  const folder = set === null ? null : join(setsFolder(project), set);
  const exams = [
    ...(folder === null ? [] : await lockedExams(project, folder, set!, leftOut)),
    ...references.map((page): Exam => {
      return { ...page, kind: 'reference', pageIndex: 0, overrides: {}, setPage: null };
    }),
  ];
  if (exams.length === 0) throw new AppError('usage', 'There is no page to prove the model on.');

  const read = async (exam: Exam, model: PageModel | null): Promise<PageScore> => {
    const { path, pageIndex, overrides, truth } = exam;
    const task = { path, pageIndex, overrides, regions: [], model, fs: truth.fs };
    const { result } = await processes.run('digitizeTaskPage', task, { signal });
    const { signals } = unpackDigitization(result.packed);
    return scorePage(truth, signals.length > 0 ? toLeadTable(signals) : null);
  };
  const look = async ({ setPage }: Exam, model: PageModel | null): Promise<DiceParts | null> => {
    if (!setPage || !model || folder === null) return null;
    return processes.run('measureSetPage', { folder, page: setPage, model }, { signal });
  };
  const results: Result[] = [];
  let done = 0;
  const examine = async (exam: Exam): Promise<void> => {
    try {
      const scores = [await read(exam, current), await read(exam, candidate)] as const;
      const dice = [await look(exam, current), await look(exam, candidate)] as const;
      results.push({ exam, scores, dice });
    } catch (thrown) {
      if (signal?.aborted) throw new AppError('cancelled', 'The proof was cancelled.', { cause: thrown });
      // A process that dies with the candidate tells against it, not of the page.
      if (thrown instanceof TaskStopped && thrown.reason === 'died') throw thrown;
      leftOut.push({ page: exam.name, why: toAppError(thrown).message });
    }
    onProgress?.(++done, exams.length);
  };
  const waiting = [...exams];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await examine(next);
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return report(options, results, leftOut);
}

async function lockedExams(
  project: Project,
  folder: string,
  hash: string,
  leftOut: { page: string; why: string }[],
): Promise<Exam[]> {
  const { pages } = await readManifest(folder, hash);
  const exams: Exam[] = [];
  for (const page of pages.filter(({ part }) => part === 'locked')) {
    try {
      const path = project.pages.scanPath(page.pageId);
      if (project.pages.locate(page.pageId)!.contentHash !== page.content) {
        throw new AppError('corrupt', 'Its scan is another one now.');
      }
      const { signals } = unpackDigitization(await readSetFile(folder, page, 'page.bin'));
      const { name, pageIndex, overrides } = page;
      const truth = toLeadTable(signals);
      exams.push({ folder: LOCKED, kind: 'locked', name, path, pageIndex, overrides, truth, setPage: page });
    } catch (thrown) {
      leftOut.push({ page: page.name, why: toAppError(thrown).message });
    }
  }
  return exams;
}

function report(
  { candidate, current, set }: ProveOptions,
  results: readonly Result[],
  leftOut: ProofReport['leftOut'],
): ProofReport {
  const names = [...new Set(results.map(({ exam }) => exam.folder))].sort((a, b) =>
    a === LOCKED ? -1 : b === LOCKED ? 1 : a < b ? -1 : 1,
  );
  const folders = names.map((name): ProofFolder => {
    const own = results
      .filter(({ exam }) => exam.folder === name)
      // Their order is that of the processes, which must not change the draws.
      .sort((a, b) => (a.exam.path + a.exam.pageIndex < b.exam.path + b.exam.pageIndex ? -1 : 1));
    const differences = own.map(({ scores: [before, after] }) => after.snrDb - before.snrDb);
    return {
      folder: name,
      kind: own[0]!.exam.kind,
      pages: own.length,
      current: figures(own, 0),
      candidate: figures(own, 1),
      differenceDb: pairedBootstrap(differences, createRandom(SEED).fork(name)),
    };
  });
  const locked = folders.find(({ kind }) => kind === 'locked');
  const judgement = judgeCandidate({
    locked: locked
      ? {
          differenceDb: locked.differenceDb,
          failures: { current: locked.current.failures, candidate: locked.candidate.failures },
        }
      : null,
    references: folders
      .filter(({ kind }) => kind === 'reference')
      .map((one) => ({ folder: one.folder, differenceDb: one.candidate.scoreDb - one.current.scoreDb })),
  });
  const pages = results.map(({ exam, scores: [before, after] }) => ({
    folder: exam.folder,
    name: exam.name,
    pageId: exam.setPage?.pageId ?? null,
    currentDb: before.snrDb,
    candidateDb: after.snrDb,
  }));
  const loss = (page: (typeof pages)[number]): number => page.candidateDb - page.currentDb;
  return {
    candidate: candidate.sha256,
    current: current?.sha256 ?? 'none',
    set,
    folders,
    pages: pages.sort((a, b) => loss(a) - loss(b) || (a.name < b.name ? -1 : 1)),
    leftOut: [...leftOut],
    ...judgement,
    harmed: [...judgement.harmed],
    words: [...judgement.words],
  };
}

function figures(results: readonly Result[], which: 0 | 1): ProofFigures {
  const { scoreDb, meanDb, medianDb, pearson, rmseMicrovolts, failures, leadsFound, leadsPrinted } =
    scoreFolder(results.map(({ scores }) => scores[which]));
  const parts = results.flatMap(({ dice }) => dice[which] ?? []);
  const sum = (key: keyof DiceParts) => parts.reduce((total, part) => total + part[key], 0);
  const dice = parts.length > 0 ? (2 * sum('overlap')) / Math.max(1e-9, sum('squares')) : null;
  return { scoreDb, meanDb, medianDb, pearson, rmseMicrovolts, failures, leadsFound, leadsPrinted, dice };
}
