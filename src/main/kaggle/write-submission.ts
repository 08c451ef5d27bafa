import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LeadTable } from '../../core/metrics/lead-table.ts';
import { scorePage, type PageScore } from '../../core/metrics/score-page.ts';
import {
  SUBMISSION_HEADER,
  submissionLines,
  submissionValues,
} from '../../formats/kaggle/kaggle-submission.ts';
import type { LeadName } from '../../shared/lead-name.ts';
import { toStorageError } from '../export/write-together.ts';
import { printedSpan, type SubmissionPage } from './plan-submission.ts';

/** What came of a submission. */
export interface WrittenSubmission {
  readonly rows: number;
  /** Scores of the pages whose signals are known, of the very values that were written. */
  readonly scores: readonly { readonly id: string; readonly score: PageScore }[];
}

/**
 * Writes `submission.csv` beside its place, page by page, and renames it.
 *
 * @param digitized signals of a page, null where it could not be digitized; the page's leads are 0 then
 * @throws AppError `storage`
 */
export async function writeSubmission(
  out: string,
  pages: readonly SubmissionPage[],
  digitized: (page: SubmissionPage) => LeadTable | null,
): Promise<WrittenSubmission> {
  const beside = join(dirname(out), `.tracewright-${randomBytes(6).toString('hex')}.tmp`);
  const scores: { id: string; score: PageScore }[] = [];
  let rows = 0;
  try {
    await mkdir(dirname(out), { recursive: true });
    const file = await open(beside, 'wx');
    try {
      await file.writeFile(SUBMISSION_HEADER);
      for (const page of pages) {
        const table = digitized(page);
        const written = new Map<LeadName, Float64Array>();
        let text = '';
        for (const target of page.targets) {
          const values = submissionValues(target, table, page.stripSeconds);
          text += submissionLines(page.id, target.lead, values);
          written.set(target.lead, values);
          rows += values.length;
        }
        await file.writeFile(text);
        if (page.truth) {
          const truth = await page.truth();
          scores.push({ id: page.id, score: scorePage(truth, table && placeLike(truth, written)) });
        }
      }
    } finally {
      await file.close();
    }
    await rename(beside, out);
  } catch (thrown) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw toStorageError(thrown, out);
  }
  return { rows, scores };
}

/** The rows of a submission at the places of the samples they stand for; they have six decimals as in the file. */
function placeLike(truth: LeadTable, written: ReadonlyMap<LeadName, Float64Array>): LeadTable {
  const leads = [...written].flatMap(([lead, values]) => {
    const known = truth.leads.get(lead);
    if (!known) return [];
    const column = new Float32Array(known.length).fill(NaN);
    const { first } = printedSpan(known);
    column.set(
      values.subarray(0, column.length - first).map((value) => Number(value.toFixed(6))),
      first,
    );
    return [[lead, column] as const];
  });
  return { ...truth, leads: new Map(leads) };
}
