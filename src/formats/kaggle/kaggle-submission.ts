import { resampleToClock } from '../../core/metrics/resample-to-clock.ts';
import type { LeadTable } from '../../core/metrics/lead-table.ts';
import { AppError } from '../../shared/app-error.ts';
import { isLeadName, LEAD_NAMES, type LeadName } from '../../shared/lead-name.ts';
import type { KaggleTarget } from './kaggle-lists.ts';

/** First line of `submission.csv`. */
export const SUBMISSION_HEADER = 'id,value\n';

/** The competition's pages show three rows of four leads for a quarter of the strip each. */
const COLUMNS = 4;
/** Share of the whole strip from which a lead counts as the strip. */
const STRIP_SHARE = 0.9;

/**
 * Values of one lead for a submission: the digitized signal on the target's clock. A short stretch begins where the
 * competition's pages print it (leads I to III in the first quarter of the strip, and so on); what is unknown is 0.
 *
 * @param table signals of the page, null for a page that could not be digitized
 * @param stripSeconds length of the rhythm strip
 */
export function submissionValues(
  { lead, fs, rows }: Pick<KaggleTarget, 'lead' | 'fs' | 'rows'>,
  table: LeadTable | null,
  stripSeconds: number,
): Float64Array {
  const column = table?.leads.get(lead);
  if (!table || !column) return new Float64Array(rows);
  const isStrip = rows / fs >= STRIP_SHARE * stripSeconds;
  const place = Math.floor(LEAD_NAMES.indexOf(lead) / (LEAD_NAMES.length / COLUMNS));
  const startSeconds = isStrip ? 0 : (place * stripSeconds) / COLUMNS;
  const values = resampleToClock(column, table, { fs, startSeconds, count: rows });
  return values.map((value) => (Number.isNaN(value) ? 0 : value));
}

/** Lines of one lead, `<id>_<row>_<lead>,<millivolts>`, six decimals. 5000 rows take about 3 ms. */
export function submissionLines(id: string, lead: LeadName, values: Float64Array): string {
  const lines = new Array<string>(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!.toFixed(6);
    lines[row] = `${id}_${row}_${lead},${value === '-0.000000' ? '0.000000' : value}\n`;
  }
  return lines.join('');
}

/**
 * Reads a submission: values by id and lead.
 *
 * @throws AppError `corrupt` naming the line
 */
export function readSubmission(text: string): Map<string, Map<LeadName, Float64Array>> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines[0]?.trim() !== 'id,value')
    throw new AppError('corrupt', 'A submission begins with the line "id,value".');
  const values = new Map<string, Map<LeadName, number[]>>();
  for (let i = 1; i < lines.length; i++) {
    if (lines[i] === '') continue;
    const [, id, row, lead, number] = /^(.+)_(\d+)_([A-Za-z0-9]+),(.+)$/.exec(lines[i]!) ?? [];
    const value = Number(number);
    if (id === undefined || !isLeadName(lead!) || Number.isNaN(value)) {
      throw new AppError('corrupt', `Line ${i + 1} of the submission is no <id>_<row>_<lead>,<value>.`);
    }
    const leads = values.get(id) ?? new Map<LeadName, number[]>();
    const samples = leads.get(lead) ?? [];
    if (Number(row) !== samples.length) {
      throw new AppError(
        'corrupt',
        `Line ${i + 1} of the submission: row ${samples.length} of ${id} ${lead} is missing.`,
      );
    }
    samples.push(value);
    leads.set(lead, samples);
    values.set(id, leads);
  }
  const typed = [...values].map(([id, leads]) => {
    return [id, new Map([...leads].map(([lead, samples]) => [lead, Float64Array.from(samples)]))] as const;
  });
  return new Map(typed);
}
