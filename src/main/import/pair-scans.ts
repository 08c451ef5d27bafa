import { posix } from 'node:path';
import { stemOf } from './name-finder.ts';
import { SIGNAL_KINDS, type SignalKind } from './recording-kind.ts';

/** A file that may hold the signals of a scan. */
export interface SignalFile {
  readonly path: string;
  readonly kind: SignalKind;
}

export const PAIRING_RULES = [
  'list',
  'same name',
  'record folder',
  'numbered page',
  'same name elsewhere',
  'alike',
] as const;
export type PairingRule = (typeof PAIRING_RULES)[number];

/** A scan and its signals. */
export interface ScanPair {
  readonly scan: string;
  readonly signal: SignalFile;
  readonly rule: PairingRule;
  /** Which page of its record the scan is, from 0, where its name counts pages. */
  readonly part: number | null;
}

export interface Pairing {
  readonly pairs: readonly ScanPair[];
  readonly scansWithout: readonly string[];
  readonly signalsWithout: readonly string[];
  /** Scans for which several signals came into question. */
  readonly ambiguous: readonly { readonly scan: string; readonly signals: readonly string[] }[];
}

/** Words in names that say what a file is, not of which page. */
const FILLER = new Set([
  'ecg',
  'scan',
  'image',
  'img',
  'page',
  'signal',
  'signals',
  'digitized',
  'digital',
  'truth',
  'trace',
  'hr',
  'lr',
]);

/**
 * Finds the signals of scans by their names. The first rule that finds any counts:
 *
 * - list: a person says so
 * - same name: `a/x.png` and `a/x.csv`
 * - record folder: Kaggle's `12/12-0003.png` and `12/12.csv`
 * - numbered page: ECG-Image-Kit's `00001_hr-0.png` and `00001_hr.hea`
 * - same name elsewhere: `images/x.png` and `signals/x.csv`, where only one file has that name
 * - alike: the same but for case, punctuation and words such as `scan` or `digitized`, where only one file is so
 *
 * @param listed signals of scans as a person states them, by scan
 */
export function pairScans(
  scans: readonly string[],
  signals: readonly SignalFile[],
  listed: ReadonlyMap<string, SignalFile> = new Map(),
): Pairing {
  const byPlace = groupBy(signals, ({ path }) => placeOf(signalName(path)));
  const byStem = groupBy(signals, ({ path }) => stemOf(signalName(path)).toLowerCase());
  const byWords = groupBy(signals, ({ path }) => wordsOf(stemOf(signalName(path))));
  const scansByStem = groupBy(scans, (scan) => stemOf(scan).toLowerCase());
  const scansByWords = groupBy(scans, (scan) => wordsOf(stemOf(scan)));
  const pairs: ScanPair[] = [];
  const scansWithout: string[] = [];
  const ambiguous: { scan: string; signals: string[] }[] = [];
  const used = new Set<string>();
  for (const scan of scans) {
    const stated = listed.get(scan);
    if (stated) {
      pairs.push({ scan, signal: stated, rule: 'list', part: null });
      used.add(stated.path);
      continue;
    }
    const stem = stemOf(scan);
    const folder = posix.dirname(scan);
    const at = (name: string): SignalFile[] => byPlace.get(placeOf(posix.join(folder, `${name}.x`))) ?? [];
    const kaggle = /^(.+)-\d{4}$/.exec(stem)?.[1];
    const numbered = /^(.+)-(\d{1,3})$/.exec(stem);
    const alone = (group: readonly string[] | undefined): boolean => group?.length === 1;
    const candidates: [PairingRule, SignalFile[], number | null][] = [
      ['same name', at(stem), null],
      ['record folder', kaggle === undefined ? [] : at(kaggle), null],
      ['numbered page', numbered ? at(numbered[1]!) : [], numbered ? Number(numbered[2]) : null],
      [
        'same name elsewhere',
        alone(scansByStem.get(stem.toLowerCase())) ? (byStem.get(stem.toLowerCase()) ?? []) : [],
        null,
      ],
      ['alike', alone(scansByWords.get(wordsOf(stem))) ? (byWords.get(wordsOf(stem)) ?? []) : [], null],
    ];
    const found = candidates.find(([, files]) => files.length > 0);
    if (!found) {
      scansWithout.push(scan);
      continue;
    }
    const [rule, files, part] = found;
    const kind = SIGNAL_KINDS.find((preferred) => files.some((file) => file.kind === preferred))!;
    const best = files.filter((file) => file.kind === kind);
    if (best.length > 1) {
      ambiguous.push({ scan, signals: best.map(({ path }) => path) });
      for (const { path } of best) used.add(path);
      continue;
    }
    pairs.push({ scan, signal: best[0]!, rule, part });
    for (const { path } of files) used.add(path);
  }
  const signalsWithout = signals.map(({ path }) => path).filter((path) => !used.has(path));
  return { pairs, scansWithout, signalsWithout, ambiguous };
}

/** Tracewright itself writes some formats with two endings, such as `.aecg.xml`. */
function signalName(path: string): string {
  return path.replace(/\.(long|fhir|aecg)(?=\.(csv|json|xml)$)/i, '');
}

function placeOf(path: string): string {
  return `${posix.dirname(path)}/${stemOf(path)}`.toLowerCase();
}

function wordsOf(stem: string): string {
  const words = stem
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !FILLER.has(word));
  return words.join(' ') || stem.toLowerCase();
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
