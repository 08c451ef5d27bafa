import { AppError } from '../../shared/app-error.ts';
import { checkSize, MAX_SAMPLES } from '../signal/ecg-signal.ts';
import { leadLabel } from '../signal/lead-label.ts';
import { ASSUMED_FS } from '../signal/read-hints.ts';
import type { Column } from './column-name.ts';
import type { DelimitedText } from './delimited-text.ts';
import { cellNumber, type RawTable } from './raw-table.ts';
import { sampleClock } from './sample-clock.ts';

/** Whether columns are those of the long form: a lead's name, a value, and when it was. */
export function isLongForm(columns: readonly Column[]): boolean {
  const has = (kind: Column['kind']) => columns.some((column) => column.kind === kind);
  return has('lead-name') && has('value') && (has('sample') || has('time'));
}

/**
 * Reads a table with a row per lead and sample, in any order; samples without a row are unseen.
 *
 * @throws AppError `unsupported` for several recordings in one table, `corrupt`, `too-large`
 */
export function readLongTable(text: DelimitedText, columns: readonly Column[]): RawTable {
  const place = (kind: Column['kind']) => columns.findIndex((column) => column.kind === kind);
  const [record, name, value] = [place('record'), place('lead-name'), place('value')];
  if (record >= 0 && new Set(text.rows.map((row) => row[record])).size > 1) {
    throw new AppError('unsupported', 'The table holds several recordings; give each a file of its own.');
  }
  const { fs, startSeconds, samples } = placesInTime(text, columns);
  const length = samples.reduce((most, sample) => Math.max(most, sample + 1), 0);
  const leads = new Map<string, Float32Array>();
  for (const [row, cells] of text.rows.entries()) {
    let values = leads.get(cells[name]!);
    if (!values) {
      checkSize(leads.size + 1, length);
      values = new Float32Array(length).fill(NaN);
      leads.set(cells[name]!, values);
    }
    values[samples[row]!] = cellNumber(text, row, value);
  }
  const column = columns[value]!;
  const millivoltsPerUnit = column.kind === 'value' ? column.millivoltsPerUnit : null;
  return {
    fs,
    startSeconds,
    leads: [...leads].map(([title, values]) => ({ name: leadLabel(title), values, millivoltsPerUnit })),
    remarks: [],
  };
}

/** The sample of each row: as stated, or as its time says. */
function placesInTime(
  text: DelimitedText,
  columns: readonly Column[],
): { fs: number | null; startSeconds: number; samples: number[] } {
  const sampleAt = columns.findIndex(({ kind }) => kind === 'sample');
  const timeAt = columns.findIndex(({ kind }) => kind === 'time');
  const time = columns[timeAt];
  const seconds =
    time?.kind === 'time'
      ? text.rows.map((_, row) => cellNumber(text, row, timeAt) * time.secondsPerUnit)
      : null;
  if (sampleAt < 0) {
    const stamps = Float64Array.from(new Set(seconds!)).sort();
    const clock = sampleClock(stamps, MAX_SAMPLES, ASSUMED_FS);
    const order = new Map([...stamps].map((second, i) => [second, clock.sampleOfRow[i]!]));
    return { ...clock, samples: seconds!.map((second) => order.get(second)!) };
  }
  const samples = text.rows.map((_, row) => cellNumber(text, row, sampleAt));
  let [first, last] = [0, 0];
  for (const [row, sample] of samples.entries()) {
    if (!Number.isInteger(sample) || sample < 0 || sample >= MAX_SAMPLES) {
      throw new AppError(
        'corrupt',
        `Line ${text.lineNumbers[row]} of the text numbers its sample "${sample}".`,
      );
    }
    if (sample < samples[first]!) first = row;
    if (sample > samples[last]!) last = row;
  }
  if (!seconds || samples[last] === samples[first]) return { fs: null, startSeconds: 0, samples };
  // Two samples far apart give the rate even where others are missing.
  const exact = (samples[last]! - samples[first]!) / (seconds[last]! - seconds[first]!);
  const whole = Math.round(exact);
  const fs = whole > 0 && Math.abs(exact - whole) <= whole * 1e-3 ? whole : exact;
  const start = seconds[first]! - samples[first]! / fs;
  return { fs, startSeconds: Math.round(start * 1e6) / 1e6 || 0, samples };
}
