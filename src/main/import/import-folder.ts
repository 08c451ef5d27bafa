import { basename, join, relative, sep } from 'node:path';
import { findPageLag, type PageLag } from '../../core/metrics/find-page-lag.ts';
import type { LeadTable } from '../../core/metrics/lead-table.ts';
import { toLeadTable } from '../../core/metrics/to-lead-table.ts';
import { packDigitization } from '../../core/page-view/pack-digitization.ts';
import type { ImportIssue } from '../../shared/api/import-record.ts';
import { AppError, toAppError } from '../../shared/app-error.ts';
import { hasScanExtension } from '../library/scan-extensions.ts';
import type { Library } from '../library/open-library.ts';
import type { PageProcesses } from '../jobs/page-processes.ts';
import { runPage } from '../jobs/run-page.ts';
import { createCorrectedPages } from '../store/corrected-pages.ts';
import type { Project } from '../store/open-project.ts';
import { askKnownSignal } from './ask-known-signal.ts';
import { eachAtATime } from './each-at-a-time.ts';
import { keepTable, knownSignalsPath } from './known-signals.ts';
import { readPrintedSignal } from './known-signal-task.ts';
import { leadNamesFromBoxes } from './lead-names-from-boxes.ts';
import type { ImportPlan } from './plan-import.ts';
import { scanFolders } from './scan-folders.ts';
import { signalTask } from './signal-task.ts';

/** How well a page and what is known of it go together. */
export interface ComparedPage extends PageLag {
  readonly scan: string;
}

/** What came of an import. */
export interface ImportOutcome {
  /** Pages of the imported scans, by scan. */
  readonly pages: ReadonlyMap<string, number>;
  /** Scans whose signals are known now, and how to read them: kept at once they would fill the memory. */
  readonly known: ReadonlyMap<string, () => Promise<LeadTable>>;
  /** Leads that took a mask. */
  readonly maskedLeads: number;
  readonly maskedPages: number;
  readonly annotated: number;
  readonly compared: readonly ComparedPage[];
  readonly mismatches: readonly ImportIssue[];
}

export interface ImportOptions {
  readonly processes: PageProcesses;
  /** Files read at a time. */
  readonly jobs?: number;
  /** Digitizes pages of the project until all are done; null leaves that to the workstation, and masks with it. */
  readonly digitize: ((ids: readonly number[]) => Promise<void>) | null;
  /** Length of tables whose rate nobody says, seconds. */
  readonly seconds: number;
  /** Lags between page and known signals that are looked through. */
  readonly maxLagSeconds: number;
  /** Known signals that lie apart from their page are kept on the page's clock, unless they lie beside the scan. */
  readonly align?: boolean;
  readonly onProgress?: (progress: { done: number; total: number }) => void;
  readonly signal?: AbortSignal;
}

/** From this correlation on a lag is believed, and from this length on it is worth moving anything. */
const ALIKE = 0.7;
const APART_SECONDS = 0.02;

/**
 * Brings a folder into a project as planned. Scans stay where they are; signals that do not lie beside them as tables of
 * Tracewright are kept in the project; masks become corrections, one action per page, once the page is digitized.
 *
 * @throws AppError `storage`, `cancelled`
 */
export async function importFolder(
  project: Project,
  library: Library,
  plan: ImportPlan,
  options: ImportOptions,
): Promise<ImportOutcome> {
  const {
    processes,
    jobs = 1,
    digitize,
    seconds,
    maxLagSeconds,
    align = false,
    onProgress,
    signal,
  } = options;
  const { root } = plan.walked;
  const mismatches = [...plan.mismatches];
  await addFolders(project, library, plan);
  const pages = pagesOf(project, root, plan.scans);
  const check = (): void => {
    if (signal?.aborted) throw new AppError('cancelled', 'The import was cancelled.');
  };
  const known = new Map<string, () => Promise<LeadTable>>();
  const byHash = new Map<string, string>();
  const beside = new Set<string>();
  let done = 0;
  await eachAtATime(plan.pairs, jobs, async (pair) => {
    check();
    const { scan, signal: file, rule } = pair;
    const id = pages.get(scan);
    try {
      if (id === undefined)
        throw new AppError('unreadable', 'The project does not take this file as a scan.');
      const isBeside = file.kind === 'table' && rule === 'same name';
      const task = signalTask(plan, pair, seconds);
      const { contentHash } = project.pages.locate(id)!;
      const twin = byHash.get(contentHash);
      if (twin && !isBeside)
        mismatches.push({ kind: 'conflict', path: scan, reason: `It is the same picture as ${twin}.` });
      byHash.set(contentHash, scan);
      const to = isBeside ? null : knownSignalsPath(project.dir, contentHash);
      await askKnownSignal(processes, { ...task, to }, signal);
      if (isBeside) beside.add(scan);
      known.set(scan, async () => (await readPrintedSignal(task)).table);
    } catch (thrown) {
      check();
      const error = toAppError(thrown);
      if (error.code === 'storage') throw error;
      mismatches.push({ kind: 'unreadable', path: file.path, reason: error.message });
    }
    onProgress?.({ done: ++done, total: plan.pairs.length });
  });
  for (const [scan, words] of plan.tags) {
    const id = pages.get(scan);
    if (id === undefined || project.reviews.get(id).tags.includes(words)) continue;
    project.reviews.change(id, { tags: [...project.reviews.get(id).tags, words] }, 'import');
  }
  let annotated = 0;
  for (const [scan, { speedMmPerSecond, gainMmPerMillivolt }] of plan.annotations) {
    const id = pages.get(scan);
    if (id === undefined) continue;
    const stated = {
      ...(speedMmPerSecond >= 5 && speedMmPerSecond <= 200 ? { speedMmPerSecond } : {}),
      ...(gainMmPerMillivolt >= 1 && gainMmPerMillivolt <= 80 ? { gainMmPerMillivolt } : {}),
    };
    const before = project.pages.overrides(id);
    if (Object.entries(stated).some(([key, value]) => before[key as keyof typeof stated] !== value)) {
      project.pages.setOverrides(id, { ...before, ...stated });
    }
    annotated++;
  }
  const outcome = { pages, known, annotated, mismatches };
  if (!digitize) {
    if (plan.masks.size > 0) {
      mismatches.push({
        kind: 'unpaired',
        path: '',
        reason: `Masks of ${plan.masks.size} scans wait: import again with --digitize.`,
      });
    }
    return { ...outcome, maskedLeads: 0, maskedPages: 0, compared: [] };
  }
  await digitize([...pages.values()]);
  check();
  const renamed = nameLeads(project, plan, pages, mismatches);
  if (renamed.length > 0) await digitize(renamed);
  const masked = await applyMasks(project, plan, pages, mismatches, processes, signal);
  const corrected = createCorrectedPages(project);
  const compared: ComparedPage[] = [];
  for (const [scan, read] of known) {
    check();
    const page = corrected.page(pages.get(scan)!);
    const table = page && (await read());
    const lag = page && table ? findPageLag(table, toLeadTable(page.signals), maxLagSeconds) : null;
    if (!table || !lag) continue;
    compared.push({ scan, ...lag });
    if (!align || beside.has(scan) || lag.correlation < ALIKE || Math.abs(lag.lagSeconds) < APART_SECONDS)
      continue;
    const { contentHash } = project.pages.locate(pages.get(scan)!)!;
    const startSeconds = table.startSeconds - lag.lagSeconds;
    await keepTable(knownSignalsPath(project.dir, contentHash), { ...table, startSeconds });
  }
  return { ...outcome, ...masked, compared };
}

async function addFolders(project: Project, library: Library, { walked, scans }: ImportPlan): Promise<void> {
  const isScan = new Set(scans);
  const others = walked.files.filter(
    (path) => hasScanExtension(basename(path)) && !isScan.has(path) && !/\.(overlay|mask)\.png$/i.test(path),
  );
  for (const folder of scanFolders(scans, others)) {
    const path = join(walked.root, folder);
    const isKnown = project.folders
      .list()
      .some((known) => path === known.path || path.startsWith(known.path + sep));
    if (!isKnown) await library.addFolder(path, { watch: false });
  }
  await library.settled();
}

/** First page of each scan. */
function pagesOf(project: Project, root: string, scans: readonly string[]): Map<string, number> {
  const wanted = new Set(scans);
  const pages = new Map<string, number>();
  for (const id of project.pages.ids()) {
    const { scanPath, pageIndex } = project.pages.locate(id)!;
    const path = relative(root, scanPath).split(sep).join('/');
    if (pageIndex === 0 && wanted.has(path)) pages.set(path, id);
  }
  return pages;
}

/** States the names of leads that PaperECG's boxes give; returns the pages that are read again for it. */
function nameLeads(
  project: Project,
  { annotations }: ImportPlan,
  pages: ReadonlyMap<string, number>,
  mismatches: ImportIssue[],
): number[] {
  return [...annotations].flatMap(([scan, annotation]) => {
    const id = pages.get(scan);
    const page = id === undefined ? null : project.results.digitization(id);
    if (id === undefined || !page) return [];
    const { names, unmatched } = leadNamesFromBoxes(page, annotation);
    if (unmatched.length > 0) {
      mismatches.push({
        kind: 'unpaired',
        path: scan,
        reason: `Boxes of PaperECG in which nothing was read: ${unmatched.join(', ')}.`,
      });
    }
    if (Object.keys(names).length === 0) return [];
    const before = project.pages.overrides(id);
    project.pages.setOverrides(id, { ...before, leads: { ...before.leads, ...names } });
    return [id];
  });
}

async function applyMasks(
  project: Project,
  plan: ImportPlan,
  pages: ReadonlyMap<string, number>,
  mismatches: ImportIssue[],
  processes: PageProcesses,
  signal: AbortSignal | undefined,
): Promise<{ maskedLeads: number; maskedPages: number }> {
  let maskedLeads = 0;
  let maskedPages = 0;
  for (const [scan, loaders] of plan.masks) {
    if (signal?.aborted) throw new AppError('cancelled', 'The import was cancelled.');
    const id = pages.get(scan);
    const base = id === undefined ? null : project.results.digitization(id);
    try {
      if (id === undefined || !base)
        throw new AppError('usage', 'The scan of these masks was not digitized.');
      const loaded = [];
      for (const loader of loaders) loaded.push(await loader.load());
      const { width, height } = loaded[0]!;
      if (loaded.some((one) => one.width !== width || one.height !== height)) {
        throw new AppError('usage', 'Its masks are of pictures of several sizes.');
      }
      const task = {
        path: project.pages.scanPath(id),
        pageIndex: 0,
        packed: packDigitization(base),
        documents: [...project.edits.documents(id)],
        width,
        height,
        masks: loaded.flatMap(({ masks }) => masks),
      };
      const { changes, leads, unmatched } = await runPage(
        (attempt) => processes.run('makeMaskEdits', task, attempt),
        { name: basename(scan), signal },
      );
      if (unmatched.length > 0) {
        mismatches.push({
          kind: 'unpaired',
          path: scan,
          reason: `Masks of leads that were not found on the page: ${unmatched.join(', ')}.`,
        });
      }
      if (changes.length > 0) {
        const label = `Masks from ${[...new Set(loaders.map(({ from }) => from))].join(', ')}`.slice(0, 120);
        const { revision } = project.edits.stack(id);
        project.edits.commit(id, {
          revision,
          tool: 'import',
          label,
          who: 'import',
          milliseconds: 0,
          changes,
        });
      }
      maskedLeads += leads;
      maskedPages++;
    } catch (thrown) {
      if (signal?.aborted) throw new AppError('cancelled', 'The import was cancelled.', { cause: thrown });
      mismatches.push({ kind: 'unreadable', path: scan, reason: toAppError(thrown).message });
    }
  }
  return { maskedLeads, maskedPages };
}
