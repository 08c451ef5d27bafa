import { sampleCount, type EcgSignal } from '../signal/ecg-signal.ts';
import { isLeadName } from '../../shared/lead-name.ts';
import { NO_SAMPLE, toMicrovolts } from '../signal/microvolts.ts';
import { seenLeads } from '../signal/seen-leads.ts';
import { unseenStretches } from '../signal/unseen-stretches.ts';
import { annotationList, timeKeepingList } from './edf-annotations.ts';
import { edfDates } from './edf-dates.ts';
import { ANNOTATIONS } from './edf-header.ts';
import { recordLength } from './edf-record-length.ts';
import { largestOf } from '../signal/extremes.ts';

/** Text of the annotation that marks a stretch of a lead without samples; `@@` and the channel's label follow. */
export const UNSEEN = 'Unseen';
/** Text of the annotation at the end of the recording, where its last data record is filled up. */
export const ENDS = 'Recording ends';

/**
 * Writes a recording as EDF+ (https://www.edfplus.info/specs/edfplus.html): 16 bits, a microvolt each, one channel a
 * lead and one of annotations, start time to the second. Leads without any sample are left out. What is unseen is
 * -32768 and marked by an annotation `Unseen@@ECG V1`; data records in which nothing is seen are left out, the file is
 * EDF+D then. Comments are annotations at second 0. Values beyond +-32.767 mV are clipped.
 */
export function writeEdf(signal: EcgSignal): Uint8Array<ArrayBuffer> {
  const leads = seenLeads(signal);
  const labels = leads.map(({ name }) => field(isLeadName(name) ? `ECG ${name}` : name, 16).trim());
  const { text: duration, samples: perRecord } = recordLength(signal.fs);
  const total = sampleCount(signal);
  const rows = Array.from({ length: Math.ceil(total / perRecord) }, (_, record) => record * perRecord);
  const isSeen = (row: number) =>
    leads.some(({ millivolts }) =>
      millivolts.subarray(row, row + perRecord).some((value) => value === value),
    );
  const kept = rows.filter((row, record) => record === 0 || isSeen(row));
  const lists = annotationLists(signal, labels, kept, perRecord);
  const annotationBytes =
    2 *
    Math.ceil(
      largestOf(
        16,
        lists.map((list) => list.length),
      ) / 2,
    );
  const count = leads.length + 1;
  const recordBytes = 2 * perRecord * leads.length + annotationBytes;
  const bytes = new Uint8Array(256 * (count + 1) + recordBytes * kept.length);
  const isGapless = kept.length === rows.length && signal.startSeconds >= 0 && signal.startSeconds < 1;
  const { date, time, day } = edfDates(signal.startTime);
  const each = (length: number, value: string, last: string) =>
    field(value, length).repeat(leads.length) + field(last, length);
  const header = [
    field('0', 8),
    field(`${code(signal.patientId)} X X X`, 80),
    field(`Startdate ${day} ${code(signal.recordId)} X Tracewright`, 80),
    field(date, 8),
    field(time, 8),
    field(String(256 * (count + 1)), 8),
    field(isGapless ? 'EDF+C' : 'EDF+D', 44),
    field(String(kept.length), 8),
    field(duration, 8),
    field(String(count), 4),
    labels.map((label) => field(label, 16)).join('') + field(ANNOTATIONS, 16),
    each(80, '', ''),
    each(8, 'mV', ''),
    each(8, '-32.768', '-1'),
    each(8, '32.767', '1'),
    each(8, '-32768', '-32768'),
    each(8, '32767', '32767'),
    each(80, '', ''),
    each(8, String(perRecord), String(annotationBytes / 2)),
    each(32, '', ''),
  ].join('');
  for (let i = 0; i < header.length; i++) bytes[i] = header.charCodeAt(i);
  const view = new DataView(bytes.buffer);
  let at = header.length;
  kept.forEach((row, record) => {
    for (const { millivolts } of leads) {
      for (let i = 0; i < perRecord; i++, at += 2) {
        view.setInt16(at, row + i < total ? toMicrovolts(millivolts[row + i]!) : NO_SAMPLE, true);
      }
    }
    bytes.set(lists[record]!, at);
    at += annotationBytes;
  });
  return bytes;
}

/** The annotation channel of each data record that is kept. */
function annotationLists(
  signal: EcgSignal,
  labels: readonly string[],
  rows: readonly number[],
  perRecord: number,
): Uint8Array[] {
  const { fs, startSeconds } = signal;
  const second = (row: number) => startSeconds + row / fs;
  const texts = rows.map((row) => timeKeepingList(second(row)));
  /** Adds to the data record in which an annotation begins, or the last one before. */
  const add = (row: number, list: string) => {
    if (texts.length === 0) return;
    let record = Math.min(texts.length - 1, Math.floor(row / perRecord));
    while (record > 0 && rows[record]! > row) record--;
    texts[record] += list;
  };
  for (const text of signal.comments) add(0, annotationList({ onsetSeconds: 0, durationSeconds: 0, text }));
  seenLeads(signal).forEach(({ millivolts }, l) => {
    for (const { from, to } of unseenStretches(millivolts)) {
      const onset = { onsetSeconds: second(from), durationSeconds: (to - from) / fs };
      add(from, annotationList({ ...onset, text: `${UNSEEN}@@${labels[l]!}` }));
    }
  });
  const total = sampleCount(signal);
  if (total % perRecord !== 0 || rows.length * perRecord < total) {
    add(total, annotationList({ onsetSeconds: second(total), durationSeconds: 0, text: ENDS }));
  }
  const encoder = new TextEncoder();
  return texts.map((text) => encoder.encode(text));
}

/** A field of the header: printable ASCII, cut or filled up with spaces. */
function field(text: string, length: number): string {
  return text
    .replace(/[^\x20-\x7e]/g, '_')
    .slice(0, length)
    .padEnd(length, ' ');
}

/** A subfield of EDF+ may hold no space; `X` is unknown. */
function code(text: string | null): string {
  return text?.trim().replace(/\s+/g, '_') || 'X';
}
