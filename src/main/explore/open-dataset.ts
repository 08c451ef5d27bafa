import { signalStatistics } from '../../core/explore/signal-statistics.ts';
import type { Digitization } from '../../core/digitization.ts';
import type { DatasetPage, DatasetProgress } from '../../shared/api/dataset-look.ts';
import type { PageSummary } from '../../shared/api/page-record.ts';
import type { ServerEvent } from '../../shared/api/server-event.ts';
import { toAppError } from '../../shared/app-error.ts';
import type { PageReferences } from '../api/page-reference.ts';
import type { PageProcesses } from '../jobs/page-processes.ts';
import type { CorrectedPages } from '../store/corrected-pages.ts';
import type { Project } from '../store/open-project.ts';
import { openLookCache, type LookCache, type LookEntry } from './look-cache.ts';

/** A project's pages as a dataset. */
export interface Dataset {
  /** What is known by now; rows of pages that were not looked at have gaps. */
  answer(): Promise<{ readonly progress: DatasetProgress; readonly pages: DatasetPage[] }>;
  /** How pages look, by id, as far as it is known (`pictureStyle`). */
  styles(): Promise<ReadonlyMap<number, readonly number[]>>;
  /** Begins to look at the pages that have not been looked at as they are now; does nothing while it runs. */
  start(): DatasetProgress;
  /** Stops after the pages in hand; what was seen is kept. */
  cancel(): DatasetProgress;
  close(): Promise<void>;
}

const BATCH = 200;
const SAVE_EVERY = 50;
/** Between pages whose readings are summed up the window gets its turn. */
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

/**
 * Looks at all pages of a project in the background, in child processes, one page at a time so that digitizing goes on;
 * what was seen is kept in `<project>/cache/looks.json` until the scan or its reading changes.
 */
export function openDataset(
  cachePath: string,
  project: Project,
  corrected: CorrectedPages,
  references: PageReferences,
  processes: PageProcesses,
  publish: (event: ServerEvent) => void,
): Dataset {
  let cache: Promise<LookCache> | null = null;
  const opened = () => (cache ??= openLookCache(cachePath));
  let controller: AbortController | null = null;
  let work: Promise<void> = Promise.resolve();
  let progress: DatasetProgress = { running: false, done: 0, total: 0, failed: 0 };
  const tell = (next: Partial<DatasetProgress>) => {
    progress = { ...progress, ...next };
    publish({ type: 'dataset', progress });
  };

  const scanKey = (id: number): string | null => {
    const place = project.pages.locate(id);
    return place && `${place.contentHash}.${place.pageIndex}`;
  };
  const readingKey = ({ id, digitizedAt }: PageSummary): string | null =>
    digitizedAt === null ? null : corrected.version(id);

  async function lookAt(known: LookCache, summary: PageSummary, signal: AbortSignal): Promise<void> {
    const { id } = summary;
    const key = scanKey(id);
    if (key === null) return;
    const before = known.get(id);
    const reading = readingKey(summary);
    if (before?.scanKey === key && before.readingKey === reading) return;
    const look =
      before?.scanKey === key
        ? before.look
        : await processes.run(
            'lookAtScan',
            { path: project.pages.scanPath(id), pageIndex: summary.pageIndex },
            { signal },
          );
    const page = reading === null ? null : corrected.page(id);
    known.set(id, { scanKey: key, look, readingKey: reading, reading: page && readingOf(page) });
    await breathe();
  }

  async function run(signal: AbortSignal): Promise<void> {
    const known = await opened();
    const ids = project.pages.ids();
    known.keep(new Set(ids));
    tell({ running: true, done: 0, total: ids.length, failed: 0 });
    for (let from = 0; from < ids.length && !signal.aborted; from += BATCH) {
      for (const summary of project.pages.summaries(ids.slice(from, from + BATCH))) {
        if (signal.aborted) break;
        try {
          await lookAt(known, summary, signal);
        } catch (thrown) {
          if (signal.aborted || toAppError(thrown).code === 'cancelled') break;
          progress = { ...progress, failed: progress.failed + 1 };
        }
        tell({ done: progress.done + 1 });
        if (progress.done % SAVE_EVERY === 0) await known.save();
      }
    }
    await known.save();
  }

  return {
    async answer() {
      const known = await opened();
      const ids = project.pages.ids();
      const folders = new Map(project.folders.list().map(({ id, path }) => [id, path]));
      const pages: DatasetPage[] = [];
      for (let from = 0; from < ids.length; from += BATCH) {
        for (const summary of project.pages.summaries(ids.slice(from, from + BATCH))) {
          const entry = known.get(summary.id);
          const fresh = entry && entry.scanKey === scanKey(summary.id) ? entry : null;
          const folder = folders.get(summary.folderId) ?? '';
          pages.push(rowOf(summary, fresh, folder, references.has(summary.id)));
        }
        await breathe();
      }
      return { progress, pages };
    },
    async styles() {
      const known = await opened();
      return new Map(
        project.pages.ids().flatMap((id): [number, readonly number[]][] => {
          const entry = known.get(id);
          return entry && entry.scanKey === scanKey(id) ? [[id, entry.look.style]] : [];
        }),
      );
    },
    start() {
      if (controller) return progress;
      const mine = (controller = new AbortController());
      progress = { running: true, done: 0, total: project.pages.count(), failed: 0 };
      work = run(mine.signal)
        .catch(() => undefined)
        .finally(() => {
          controller = null;
          tell({ running: false });
        });
      return progress;
    },
    cancel() {
      controller?.abort();
      return progress;
    },
    async close() {
      controller?.abort();
      await work;
    },
  };
}

function readingOf(page: Digitization): NonNullable<LookEntry['reading']> {
  const { layout, rectification } = page;
  return {
    ...signalStatistics(page.signals),
    grid: rectification?.gridKind ?? null,
    speed: layout ? `${layout.speedMmPerSecond} mm/s` : null,
    gain: layout ? `${layout.gainMmPerMillivolt} mm/mV` : null,
    pxPerMm: rectification?.pxPerMmX ?? null,
    skewDegrees: rectification?.skewDegrees ?? null,
  };
}

function rowOf(
  summary: PageSummary,
  entry: LookEntry | null,
  folderPath: string,
  paired: boolean,
): DatasetPage {
  const look = entry?.look ?? null;
  const reading = entry?.reading ?? null;
  return {
    id: summary.id,
    folder: folderPath,
    status: summary.status,
    review: summary.review.state,
    layout: summary.layout,
    grid: reading?.grid ?? null,
    speed: reading?.speed ?? null,
    gain: reading?.gain ?? null,
    paired,
    format: look?.format ?? null,
    colour: look?.colour ?? null,
    hash: look?.hash ?? null,
    style: look?.style ?? null,
    widthPx: look?.widthPx ?? summary.width,
    heightPx: look?.heightPx ?? summary.height,
    fileKilobytes: look ? look.bytes / 1000 : null,
    dpi: look?.dpi ?? null,
    brightness: look?.brightness ?? null,
    contrast: look?.contrast ?? null,
    sharpness: look?.sharpness ?? null,
    pxPerMm: reading?.pxPerMm ?? null,
    skewDegrees: reading?.skewDegrees ?? null,
    confidence: summary.confidence,
    leadsFound: summary.leadsFound,
    findings: summary.digitizedAt === null ? null : summary.findings,
    heartRate: reading?.heartRate ?? null,
    amplitudeMillivolts: reading?.amplitudeMillivolts ?? null,
    tracedShare: reading?.tracedShare ?? null,
  };
}
