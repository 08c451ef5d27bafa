import { mkdirSync, realpathSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { createCompactionTable, type CompactionTable } from './compaction/compaction-table.ts';
import { createContext } from './create-context.ts';
import { createEditTable } from './edit-table.ts';
import type { EditTable } from './edit-table.ts';
import { createFileTable } from './file-table.ts';
import type { FileTable } from './file-table.ts';
import { createFolderTable } from './folder-table.ts';
import type { FolderTable } from './folder-table.ts';
import { createModelTable } from './model-table.ts';
import type { ModelTable } from './model-table.ts';
import { openDatabase } from './open-database.ts';
import { createPageTable } from './page-table.ts';
import type { PageTable } from './page-table.ts';
import { lockProject } from './project-lock.ts';
import { createProofTable } from './proof-table.ts';
import type { ProofTable } from './proof-table.ts';
import { createQueueTable, recoverQueue } from './queue-table.ts';
import type { QueueTable } from './queue-table.ts';
import { createReadingTable } from './reading-table.ts';
import type { ReadingTable } from './reading-table.ts';
import { createResultTable } from './result-table.ts';
import type { ResultTable } from './result-table.ts';
import { createReviewTable } from './review-table.ts';
import type { ReviewTable } from './review-table.ts';
import { createSettingTable } from './setting-table.ts';
import type { SettingTable } from './setting-table.ts';
import { createTrainingRunTable } from './training-run-table.ts';
import type { TrainingRunTable } from './training-run-table.ts';
import { createTrainingSetTable } from './training-set-table.ts';
import type { TrainingSetTable } from './training-set-table.ts';
import { storageError } from './storage-error.ts';
import type { ProjectEvent } from './store-context.ts';

/**
 * An open project: `project.sqlite` in a folder, and the lock on it. All methods are synchronous and fast (a row read
 * takes microseconds, a page's result about 2 ms); every write is one transaction.
 */
export interface Project {
  /** Real path of the project folder. */
  readonly dir: string;
  readonly name: string;
  readonly folders: FolderTable;
  readonly files: FileTable;
  readonly pages: PageTable;
  readonly results: ResultTable;
  readonly queue: QueueTable;
  readonly edits: EditTable;
  readonly readings: ReadingTable;
  readonly compaction: CompactionTable;
  readonly reviews: ReviewTable;
  readonly models: ModelTable;
  readonly trainingSets: TrainingSetTable;
  readonly trainingRuns: TrainingRunTable;
  readonly proofs: ProofTable;
  readonly settings: SettingTable;
  /** Hears of every committed change; returns a function that ends it. */
  on(listener: (event: ProjectEvent) => void): () => void;
  /** Closes the database and gives the lock back. Safe to call twice. */
  close(): void;
}

export interface OpenProjectOptions {
  /** Clock for the times kept with pages, milliseconds since 1970. */
  readonly now?: () => number;
}

/**
 * Opens the project in a folder, creating both if need be. Pages that were being digitized when the program last ended
 * are queued again.
 *
 * @throws AppError `locked` when it is open already, `usage` (made by a newer program), `corrupt`, `storage`
 * @example
 * const project = openProject('ward-7');
 * project.folders.add('/scans/ward-7', { watch: true });
 */
export function openProject(dir: string, { now = Date.now }: OpenProjectOptions = {}): Project {
  let unlock: (() => void) | null = null;
  try {
    mkdirSync(resolve(dir), { recursive: true });
    const real = realpathSync(dir);
    unlock = lockProject(real);
    const db = openDatabase(join(real, 'project.sqlite'));
    const listeners = new Set<(event: ProjectEvent) => void>();
    const context = createContext(db, (event) => listeners.forEach((listener) => listener(event)));
    recoverQueue(context);
    const release = unlock;
    const edits = createEditTable(context, now);
    const readings = createReadingTable(context, edits, now);
    return {
      dir: real,
      name: basename(real),
      folders: createFolderTable(context),
      files: createFileTable(context, edits, readings, now),
      pages: createPageTable(context),
      results: createResultTable(context, edits, readings, now),
      queue: createQueueTable(context),
      edits,
      readings,
      compaction: createCompactionTable(context, now),
      reviews: createReviewTable(context, now),
      models: createModelTable(context, now),
      trainingSets: createTrainingSetTable(context, now),
      trainingRuns: createTrainingRunTable(context, now),
      proofs: createProofTable(context, now),
      settings: createSettingTable(context),
      on(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      close() {
        if (!db.open) return;
        listeners.clear();
        db.close();
        release();
      },
    };
  } catch (cause) {
    unlock?.();
    throw storageError(cause);
  }
}
