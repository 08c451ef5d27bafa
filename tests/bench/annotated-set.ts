import { basename, join } from 'node:path';
import { annotateByTruth, type AnnotatedPage } from '../../src/core/learning/annotate-by-truth.ts';
import { effortWeight } from '../../src/core/learning/effort-weight.ts';
import type { Digitization } from '../../src/core/digitization.ts';
import type { LeadTable } from '../../src/core/metrics/lead-table.ts';
import { packDigitization } from '../../src/core/page-view/pack-digitization.ts';
import { makeTrainingPage, type TrainingPageOutcome } from '../../src/main/learning/make-training-page.ts';
import { inspectScan } from '../../src/main/library/inspect-scan.ts';
import { writeSet } from '../../src/main/learning/set-files.ts';
import type { SetPage } from '../../src/main/learning/training-manifest.ts';

/** A page as the truth corrected it, ready to be learnt from. */
export interface AnnotatedEntry extends TrainingPageOutcome {
  readonly path: string;
  readonly unverified: readonly string[];
  readonly edits: number;
}

/** Columns that a person puts right in one action. */
const COLUMNS_PER_EDIT = 30;
const SECONDS_PER_EDIT = 5;
/** Share of the pages that stops a run and chooses the candidate, as in the program. */
const VALIDATION = 0.15;

/** Lets the truth correct a page; null where there is no trace to correct. */
export async function annotatedEntry(
  path: string,
  reading: Digitization,
  truth: LeadTable,
): Promise<AnnotatedEntry | null> {
  if (reading.paths.length === 0) return null;
  return entryOf(path, annotateByTruth(reading, truth));
}

/** A page as somebody left it, ready to be learnt from. */
export async function entryOf(
  path: string,
  { page, unverified, columns }: AnnotatedPage,
): Promise<AnnotatedEntry> {
  const packed = packDigitization(page);
  const made = await makeTrainingPage({ path, pageIndex: 0, overrides: {}, packed, masks: [], unverified });
  return { ...made, path, unverified, edits: Math.ceil(columns.changed / COLUMNS_PER_EDIT) };
}

/** Writes a training set of such pages; the last ones stop the run. */
export async function annotatedSet(out: string, entries: readonly AnnotatedEntry[], model: string) {
  const writer = await writeSet(out);
  const pages: SetPage[] = [];
  const taught = entries.length - Math.max(1, Math.round(VALIDATION * entries.length));
  for (const [index, { files, path, unverified, edits, ...facts }] of entries.entries()) {
    const folder = `p${index}`;
    const seconds = edits * SECONDS_PER_EDIT;
    // Parts to look at are drawn by the scan's content, so that a set teaches the same wherever it lies.
    const { hash: content } = (await inspectScan(path))!;
    pages.push({
      ...facts,
      pageId: index,
      folder,
      name: basename(path),
      pageIndex: 0,
      content,
      group: content,
      part: index < taught ? 'train' : 'validation',
      overrides: {},
      model,
      effort: effortWeight(edits, seconds),
      edits,
      seconds,
      journalEntry: null,
      unverified: [...unverified],
      files: await writer.page(folder, files),
    });
  }
  const { hash } = await writer.finish({
    format: 'tracewright-training-set-1',
    seed: 1,
    splitBy: 'patient',
    shares: { validation: 0, locked: 0 },
    pages,
  });
  return { folder: join(out, hash), hash, pages };
}
