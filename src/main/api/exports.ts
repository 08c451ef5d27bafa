import { randomUUID } from 'node:crypto';
import { isAbsolute } from 'node:path';
import type { DatasetOptions } from '../../shared/api/dataset-record.ts';
import type { SignalProcessing } from '../../core/signal/process/signal-processing.ts';
import type { ExportFormat } from '../../shared/api/routes.ts';
import type { ServerEvent } from '../../shared/api/server-event.ts';
import { AppError, toAppError } from '../../shared/app-error.ts';
import { datasetWords } from '../dataset/dataset-words.ts';
import { exportDataset } from '../dataset/export-dataset.ts';
import { projectDatasetSource } from '../dataset/project-dataset-source.ts';
import { openIdentityKey, projectKeyPath } from '../deidentify/identity-key.ts';
import { projectExportSource } from '../export/project-export-source.ts';
import { exportPages } from '../export/export-pages.ts';
import { bundledModelFile } from '../inference/model-file.ts';
import type { PageProcesses } from '../jobs/page-processes.ts';
import type { CorrectedPages } from '../store/corrected-pages.ts';
import type { Project } from '../store/open-project.ts';

type ExportEvent = Extract<ServerEvent, { type: 'export' }>;

/** Exports running in the background. */
export interface Exports {
  start(request: {
    readonly ids: readonly number[];
    readonly out: string;
    readonly formats: readonly ExportFormat[];
    readonly dataset?: DatasetOptions | null;
    readonly processing?: SignalProcessing | null;
    readonly correctLag?: boolean;
  }): {
    exportId: string;
  };
  /** @throws AppError `not-found` for an export that never was */
  cancel(exportId: string): void;
  /** Last state of the running and the most recently finished exports, for a window that connects. */
  snapshot(): ExportEvent[];
  /** Cancels what runs and waits for it. */
  close(): Promise<void>;
}

const KEPT_STATES = 8;

/** Runs exports of a project and publishes their progress; the last event of each is always `finished`. */
export function createExports(
  project: Project,
  corrected: CorrectedPages,
  processes: PageProcesses,
  publish: (event: ExportEvent) => void,
): Exports {
  const states = new Map<string, ExportEvent>();
  const running = new Map<string, { controller: AbortController; done: Promise<void> }>();

  const tell = (event: ExportEvent) => {
    states.set(event.exportId, event);
    for (const [id, { finished }] of states) {
      if (states.size <= KEPT_STATES) break;
      if (finished) states.delete(id);
    }
    publish(event);
  };

  const stored = projectExportSource(project, corrected);
  const source = {
    ...stored,
    load(id: number) {
      // Throws when the scan is gone or lies outside its folder.
      project.pages.scanPath(id);
      return stored.load(id);
    },
  };

  const datasets = async () => {
    const bundled = await bundledModelFile();
    return projectDatasetSource(project, bundled ? [bundled.sha256] : []);
  };

  return {
    start({ ids, out, formats, dataset = null, processing = null, correctLag = false }) {
      if (!isAbsolute(out)) throw new AppError('usage', `"${out}" is not an absolute path.`);
      if (formats.length === 0 && (dataset?.parts.length ?? 0) === 0) {
        throw new AppError('usage', 'Choose at least one format.');
      }
      const exportId = randomUUID();
      const controller = new AbortController();
      const state = (
        counts: { done: number; total: number; failed: number },
        finished = false,
        message: string | null = null,
      ) => tell({ type: 'export', exportId, ...counts, finished, message });
      let counts = { done: 0, total: ids.length, failed: 0 };
      const run = async () => {
        state(counts);
        try {
          const common = {
            processes,
            processing,
            correctLag,
            signal: controller.signal,
            onProgress: (progress: typeof counts) => state((counts = progress)),
          };
          if (dataset) {
            const secret = dataset.deidentify && (await openIdentityKey(projectKeyPath(project.dir)));
            const options = {
              ...common,
              concurrency: 1,
              identityKey: secret?.key ?? null,
              model: dataset.deidentify && (await bundledModelFile()),
            };
            const summary = await exportDataset(await datasets(), ids, out, formats, dataset, options);
            const words =
              inWords(summary.problems) ?? `${datasetWords(summary)} Written to ${out} and read back.`;
            state({ ...counts, failed: summary.failed }, true, words);
            return;
          }
          const { problems, failed } = await exportPages(source, ids, out, formats, common);
          state({ ...counts, failed }, true, inWords(problems));
        } catch (thrown) {
          state(counts, true, toAppError(thrown).message);
        }
      };
      const done = run().finally(() => running.delete(exportId));
      running.set(exportId, { controller, done });
      return { exportId };
    },
    cancel(exportId) {
      if (!states.has(exportId)) throw new AppError('not-found', 'There is no such export.');
      running.get(exportId)?.controller.abort();
    },
    snapshot: () => [...states.values()],
    async close() {
      const all = [...running.values()];
      for (const { controller } of all) controller.abort();
      await Promise.all(all.map(({ done }) => done));
    },
  };
}

function inWords(problems: readonly { readonly message: string }[]): string | null {
  if (problems.length === 0) return null;
  const others = problems.length - 1;
  return others === 0 ? problems[0]!.message : `${problems[0]!.message} (and ${others} more)`;
}
