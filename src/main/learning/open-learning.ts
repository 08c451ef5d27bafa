import { join } from 'node:path';
import type {
  CandidateModel,
  CurvePointRecord,
  LearningState,
  SplitBy,
} from '../../shared/api/learning-record.ts';
import { AppError, toAppError } from '../../shared/app-error.ts';
import type { PageProcesses } from '../jobs/page-processes.ts';
import type { Models } from '../models/open-models.ts';
import type { LaunchChild } from '../processes/child-link.ts';
import { TaskStopped } from '../processes/task-stopped.ts';
import type { CorrectedPages } from '../store/corrected-pages.ts';
import type { Project } from '../store/open-project.ts';
import type { TrainingRunRow } from '../store/training-run-table.ts';
import { finetuneTask, findOrAddRun } from './begin-run.ts';
import { findReferencePages } from './find-reference-pages.ts';
import { parseFinetuneConfig } from './finetune-config.ts';
import type { FinetunePoint } from './finetune.ts';
import { openLearnProcess } from './learn-process.ts';
import { makeTrainingSet } from './make-training-set.ts';
import { digestInUse, promoteModel, rollBack, standingPromotions } from './promote-model.ts';
import { proveCandidate } from './prove-candidate.ts';
import { queueUntouched } from './queue-untouched.ts';
import { readCurve } from './read-curve.ts';
import { runFolder } from './run-folder.ts';
import { originOf, setOfModel } from './set-of-model.ts';

/** Training sets, fine-tunings, proofs and promotions of an open project. Long work is begun and told of by events. */
export interface Learning {
  state(): LearningState;
  /** Begins a training set of what is accepted now. @throws AppError `conflict` while something else is done */
  makeSet(splitBy: SplitBy): void;
  /** Begins a fine-tuning of the model in use, or goes on with one of the same settings. @throws AppError `usage`, `conflict` */
  begin(set: string, settings: unknown): Promise<number>;
  /** Ends its process; it goes on from its checkpoint, which is at most some seconds old. */
  pause(id: number): void;
  /** @throws AppError `conflict` while another one runs; `usage` for one that is over */
  resume(id: number): Promise<void>;
  cancel(id: number): void;
  curve(id: number): Promise<CurvePointRecord[]>;
  /** Begins to compare a model with the one in use. @throws AppError `conflict`, `not-found` */
  prove(candidate: string): void;
  /** Ends the making of a set or a proof. */
  stopActivity(): void;
  promote(candidate: string, reason: string): void;
  rollBack(): void;
  close(): Promise<void>;
}

export interface LearningOptions {
  readonly models: Models;
  readonly corrected: CorrectedPages;
  readonly processes: PageProcesses;
  /** Scans with known signals that a proof reads as well; null for none. */
  readonly references: string | null;
  readonly launch?: LaunchChild;
  /** Called when what `state` tells has changed, other than by a transaction of the project. */
  readonly onChange: () => void;
}

/** At most so often is progress told. */
const TELL_MS = 500;
const WHO = 'this window';

/** Opens what a project learns; nothing is begun. */
export function openLearning(project: Project, options: LearningOptions): Learning {
  const { models, corrected, processes, references, launch, onChange } = options;
  const pool = openLearnProcess(launch);
  let activity: LearningState['activity'] = null;
  let problem: string | null = null;
  let leftOut: LearningState['leftOut'] = [];
  let stop = new AbortController();
  let doing: Promise<void> = Promise.resolve();
  let running: {
    readonly id: number;
    readonly abort: AbortController;
    progress: Progress | null;
    done: Promise<void>;
  } | null = null;
  let closed = false;
  let told = 0;
  let telling: NodeJS.Timeout | undefined;

  const tell = (): void => {
    if (telling || closed) return;
    telling = setTimeout(
      () => {
        telling = undefined;
        told = performance.now();
        if (!closed) onChange();
      },
      Math.max(0, told + TELL_MS - performance.now()),
    );
  };

  const busy = (): void => {
    if (!activity) return;
    const what = activity.kind === 'set' ? 'A training set is being made' : 'A model is being proven';
    throw new AppError('conflict', `${what}. Wait for it, or stop it.`);
  };

  const act = (
    kind: 'set' | 'proof',
    candidate: string | null,
    work: (signal: AbortSignal) => Promise<void>,
  ): void => {
    busy();
    stop = new AbortController();
    activity = { kind, candidate, done: 0, total: 0 };
    problem = null;
    doing = work(stop.signal)
      .catch((thrown: unknown) => {
        const { code, message } = toAppError(thrown);
        if (code !== 'cancelled' && !stop.signal.aborted) problem = message;
      })
      .then(() => {
        activity = null;
        tell();
      });
    tell();
  };
  const progress = (done: number, total: number): void => {
    if (activity) activity = { ...activity, done, total };
    tell();
  };

  const assertNoneRuns = (): void => {
    if (!running) return;
    throw new AppError('conflict', 'Another fine-tuning is running. Pause or cancel it first.');
  };
  const start = async (run: TrainingRunRow): Promise<void> => {
    assertNoneRuns();
    const abort = new AbortController();
    const mine = { id: run.id, abort, progress: null as Progress | null, done: Promise.resolve() };
    running = mine;
    try {
      const task = await finetuneTask(project, run, models.files());
      project.trainingRuns.setState(run.id, 'running');
      const onNews = (point: FinetunePoint): void => {
        if (point.kind === 'step') {
          const { step, seconds, secondsLeft, residentMb } = point;
          mine.progress = { step, seconds, secondsLeft, residentMb };
        }
        tell();
      };
      mine.done = pool
        .run('learn', task, { signal: abort.signal, onNews })
        .then(async ({ candidate }) => {
          await models.import(join(task.out, candidate!.file));
          project.trainingRuns.setState(run.id, 'done', { candidate: candidate!.sha256 });
        })
        .catch((thrown: unknown) => {
          // Whoever stopped it has said what it is now.
          if (thrown instanceof TaskStopped && thrown.reason === 'stopped') return;
          const { message } = toAppError(thrown);
          if (!closed) project.trainingRuns.setState(run.id, 'failed', { message });
        })
        .then(() => {
          if (running === mine) running = null;
          tell();
        });
    } catch (thrown) {
      running = null;
      throw thrown;
    }
  };
  const halt = (id: number, state: 'paused' | 'cancelled'): void => {
    const run = project.trainingRuns.get(id);
    if (run.state === 'done' || run.state === 'cancelled') {
      throw new AppError('usage', 'This fine-tuning is over.');
    }
    project.trainingRuns.setState(id, state);
    if (running?.id !== id) return;
    running.abort.abort();
    running = null;
  };
  const queueAndTell = (): void => {
    // The jobs hear of pages that wait from the project.
    queueUntouched(project, models.pageModel());
    onChange();
  };
  const nameOf = (sha256: string): string => {
    if (sha256 === 'none') return 'no model';
    return (
      models
        .files()
        .get(sha256)
        ?.version.replace(/ [0-9a-f]{12}$/, '') ?? `a model that is gone (${sha256.slice(0, 12)})`
    );
  };

  return {
    state() {
      const inUse = digestInUse(models);
      const rows = new Map(project.models.list().map((row) => [row.sha256, row]));
      const known = [...models.files()].filter(([key]) => key !== 'bundled');
      const back = standingPromotions(project).at(-1);
      return {
        accepted: project.reviews.progress().byReview.accepted,
        sets: project.trainingSets
          .list()
          .map(({ hash, createdAt, summary }) => ({ hash, createdAt, figures: summary })),
        runs: project.trainingRuns.list().map(({ config, folder: _, ...run }) => {
          const settings = parseFinetuneConfig(config);
          const { steps, minutes } = settings;
          const mine = running?.id === run.id ? running.progress : null;
          return { ...run, parentName: nameOf(run.parent), steps, minutes, settings, progress: mine };
        }),
        models: known.map(([sha256]): CandidateModel => {
          const row = rows.get(sha256);
          const proofs = project.proofs.proofs(sha256);
          const proof = proofs.find(({ report }) => report.current === inUse);
          return {
            sha256,
            name: nameOf(sha256),
            addedAt: row?.addedAt ?? null,
            origin: originOf(row?.card),
            inUse: sha256 === inUse,
            proof: proof ?? null,
            comparisons: proofs.map(({ id, at, report: { current: against, allowed, folders } }) => {
              return { id, at, against, againstName: nameOf(against), allowed, folders };
            }),
          };
        }),
        inUse: inUse === 'none' ? null : nameOf(inUse),
        promotions: project.proofs.promotions().map(({ kind, before, after, reason, who, at }) => {
          return { kind, before: nameOf(before), after: nameOf(after), reason, who, at };
        }),
        rollBackTo: back && back.after === inUse ? nameOf(back.before) : null,
        activity,
        problem,
        leftOut,
      };
    },
    makeSet(splitBy) {
      act('set', null, async (signal) => {
        leftOut = [];
        const made = await makeTrainingSet(project, corrected, processes, {
          splitBy,
          signal,
          onProgress: progress,
        });
        leftOut = [...made.skipped];
      });
    },
    async begin(set, settings) {
      const config = parseFinetuneConfig(settings);
      project.trainingSets.get(set);
      assertNoneRuns();
      const parent = models.pageModel() ?? models.files().get('bundled');
      if (!parent)
        throw new AppError('usage', 'The project uses no model that could learn. Choose one first.');
      const { run } = findOrAddRun(project, { set, parent: parent.sha256, config });
      await start(run);
      return run.id;
    },
    pause: (id) => halt(id, 'paused'),
    async resume(id) {
      const run = project.trainingRuns.get(id);
      if (run.state !== 'paused' && run.state !== 'failed') {
        throw new AppError('usage', 'Only a fine-tuning that was paused or failed can go on.');
      }
      await start(run);
    },
    cancel: (id) => halt(id, 'cancelled'),
    curve: (id) => readCurve(runFolder(project, project.trainingRuns.get(id))),
    prove(candidate) {
      const model = models.files().get(candidate);
      if (!model) throw new AppError('not-found', 'This model is not in the project any more.');
      act('proof', candidate, async (signal) => {
        const pages = references === null ? [] : await findReferencePages(references);
        const set = setOfModel(project, candidate);
        const report = await proveCandidate(project, processes, {
          candidate: model,
          current: models.pageModel(),
          set,
          references: pages,
          signal,
          onProgress: progress,
        });
        project.proofs.addProof(report);
      });
    },
    stopActivity: () => stop.abort(),
    promote(candidate, reason) {
      promoteModel(project, models, { candidate, reason, who: WHO });
      queueAndTell();
    },
    rollBack() {
      rollBack(project, models, WHO);
      queueAndTell();
    },
    async close() {
      closed = true;
      clearTimeout(telling);
      stop.abort();
      const last = running;
      last?.abort.abort();
      await pool.close();
      await Promise.all([doing, last?.done]);
    },
  };
}

type Progress = NonNullable<LearningState['runs'][number]['progress']>;
