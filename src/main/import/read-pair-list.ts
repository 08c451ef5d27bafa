import { readDelimitedText } from '../../formats/csv/delimited-text.ts';
import { AppError } from '../../shared/app-error.ts';
import { nameFinder } from './name-finder.ts';
import type { SignalFile } from './pair-scans.ts';
import { SIGNAL_KINDS } from './recording-kind.ts';

/** What a list of pairs says. */
export interface PairList {
  /** By scan. */
  readonly pairs: ReadonlyMap<string, SignalFile>;
  /** Lines that lead to no file, to several, or against an earlier line. */
  readonly problems: readonly string[];
}

const SCAN_TITLE =
  /^(scan|image|img|picture|page|image_?(file|name|path)|file_?name|scan_?(file|name|path))$/i;
const SIGNAL_TITLE =
  /^(signals?|record|recording|truth|wfdb|ecg|signal_?(file|name|path)|record_?(file|name|path)|filename_(hr|lr))$/i;

/**
 * Reads a table that says which signals belong to which scan: a column `scan` (or `image`, `page`, `file`) and a column
 * `signal` (or `record`, `truth`). Names may leave out folders and endings as long as one file fits; files are only ever
 * looked for among those of the folder.
 *
 * @throws AppError `corrupt` when the table has no such columns
 */
export function readPairList(
  bytes: Uint8Array,
  scans: readonly string[],
  signals: readonly SignalFile[],
): PairList {
  const { header, units, rows: numbered, lineNumbers } = readDelimitedText(bytes);
  // Names below the titles look like units.
  const rows = units ? [units, ...numbered] : numbered;
  const lines = units ? [(lineNumbers[0] ?? 3) - 1, ...lineNumbers] : lineNumbers;
  const scanAt = header?.findIndex((title) => SCAN_TITLE.test(title.trim())) ?? -1;
  const signalAt = header?.findIndex((title) => SIGNAL_TITLE.test(title.trim())) ?? -1;
  if (scanAt < 0 || signalAt < 0) {
    throw new AppError('corrupt', 'The list of pairs needs a column "scan" and a column "signal".');
  }
  const findScan = nameFinder(scans);
  const byPath = new Map(signals.map((file) => [file.path, file]));
  const findSignal = nameFinder(preferred(signals).map(({ path }) => path));
  const exact = nameFinder(signals.map(({ path }) => path));
  const pairs = new Map<string, SignalFile>();
  const problems: string[] = [];
  rows.forEach((row, k) => {
    const line = `Line ${lines[k]} of the list:`;
    const scan = findScan(row[scanAt]!);
    const path = findSignal(row[signalAt]!) ?? exact(row[signalAt]!);
    if (scan === null) problems.push(`${line} no scan, or several, are called "${row[scanAt]}".`);
    if (path === null) problems.push(`${line} no signals, or several, are called "${row[signalAt]}".`);
    if (scan === null || path === null) return;
    const before = pairs.get(scan);
    if (before && before.path !== path) {
      problems.push(`${line} ${scan} belongs to ${before.path} by an earlier line; this one is left out.`);
    } else pairs.set(scan, byPath.get(path)!);
  });
  return { pairs, problems };
}

/** Of files that differ in their endings alone the kind that tells most. */
function preferred(signals: readonly SignalFile[]): SignalFile[] {
  const best = new Map<string, SignalFile>();
  for (const file of signals) {
    const place = file.path.replace(/\.[^./]*$/, '').toLowerCase();
    const other = best.get(place);
    if (!other || SIGNAL_KINDS.indexOf(file.kind) < SIGNAL_KINDS.indexOf(other.kind)) best.set(place, file);
  }
  return [...best.values()];
}
