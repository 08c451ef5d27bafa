import type { Box, FloatRaster } from '../image/raster.ts';
import type { TextLine } from './find-text-lines.ts';
import { type LineReading, likelyText, readLine } from './read-line.ts';
import { SCALE_PHRASES, type ScalePhrase } from './scale-phrases.ts';
import { phraseLogOdds, type SpottedPhrase, spotPhrase } from './spot-phrase.ts';
import { TEXT_CLASSES } from './text-net.ts';
import type { TraceRow } from './trace-row.ts';

/** A printed speed or gain. */
export interface ScaleReading {
  readonly kind: 'speed' | 'gain';
  /** Millimetres per second or per millivolt. */
  readonly value: number;
  /** Which leads it is for. */
  readonly scope: 'all' | 'limb' | 'chest';
  /** Chance that this is what is printed, 0..1. */
  readonly probability: number;
  /** Canonical pixels. */
  readonly box: Box;
  /** As read, e.g. `25 mm/s`. */
  readonly text: string;
}

/** Sizes of lines that are read: height in millimetres, width in heights, pieces of ink; in a long line letters may run together. */
const HEIGHT_MM: readonly [number, number] = [0.9, 8];
const LEAST_ASPECT = 2.2;
const LEAST_LETTERS = 3;
const LONG_ASPECT = 5;
/** Lines nearer than this to the baseline of a row come last: most are pieces of trace. */
const CLEAR_MM = 4;
/** Heights of print read on one page at most, and in one go. */
const MAX_HEIGHTS = 160;
const LONGEST_LINE = 55;
const OVERLAP_HEIGHTS = 14;

const SLASH = TEXT_CLASSES.indexOf('/');
const SLASH_SHARE = 0.05;
/** Frames before and behind the stroke of a unit that its phrase may take. */
const BEFORE = 70;
const BEHIND = 32;
/** Candidates this much less likely than the likeliest text are not looked at. */
const LEAST_SCORE = -9;
/** How much likelier the most usual speed or gain is on an ECG than any other text of its length. */
const PRIOR = 100;
const LEAST_PROBABILITY = 0.7;
/** Once a speed and a gain for all leads are this sure, nothing more is read. */
const ENOUGH = 0.9;
const DIGITS = '0123456789.';
const LETTERS = 'mseczvhlibtpdgan';

/**
 * Reads the speeds and gains printed on a page: `25 mm/s`, `50mm/sec`, `10 mm/mV`, `Limb: 10 mm/mV Chest: 5 mm/mV`.
 * What is not surely one of the usual scales is left out. Below 100 ms a page; 2 ms per ten letters.
 */
export function readScaleText(
  coverage: FloatRaster,
  lines: readonly TextLine[],
  rows: readonly TraceRow[],
  pxPerMm: number,
): ScaleReading[] {
  let budget = MAX_HEIGHTS;
  const readings: ScaleReading[] = [];
  for (const box of linesToRead(lines, rows, pxPerMm)) {
    if (budget <= 0 || isComplete(readings)) break;
    const height = box.y1 - box.y0;
    for (let from = box.x0; from < box.x1 && budget > 0; from += (LONGEST_LINE - OVERLAP_HEIGHTS) * height) {
      const piece = { ...box, x0: from, x1: Math.min(box.x1, from + LONGEST_LINE * height) };
      budget -= (piece.x1 - piece.x0) / height;
      readings.push(...readScales(readLine(coverage, piece), piece));
      if (piece.x1 === box.x1) break;
    }
  }
  return readings;
}

function isComplete(readings: readonly ScaleReading[]): boolean {
  const sure = (kind: ScaleReading['kind']): boolean =>
    readings.some((r) => r.kind === kind && r.scope === 'all' && r.probability >= ENOUGH);
  return sure('speed') && sure('gain');
}

function linesToRead(lines: readonly TextLine[], rows: readonly TraceRow[], pxPerMm: number): Box[] {
  const candidates: { box: Box; inRow: number; distance: number }[] = [];
  for (const { box, letters } of lines) {
    const height = box.y1 - box.y0;
    const aspect = (box.x1 - box.x0) / height;
    if (aspect < (letters < LEAST_LETTERS ? LONG_ASPECT : LEAST_ASPECT)) continue;
    if (height < HEIGHT_MM[0] * pxPerMm || height > HEIGHT_MM[1] * pxPerMm) continue;
    const distance = Math.min(...rows.map((r) => Math.max(box.y0 - r.baselineY, r.baselineY - box.y1)));
    candidates.push({ box, inRow: distance < CLEAR_MM * pxPerMm ? 1 : 0, distance });
  }
  return candidates.sort((a, b) => a.inRow - b.inRow || a.distance - b.distance).map(({ box }) => box);
}

interface Candidate {
  readonly phrase: ScalePhrase;
  readonly place: SpottedPhrase;
  /** Likelihood times how usual it is. */
  readonly chance: number;
}

/** The speeds and gains of one line. */
export function readScales(reading: LineReading, box: Box): ScaleReading[] {
  const found: (ScaleReading & { start: number; end: number })[] = [];
  for (const slash of slashes(reading)) {
    const candidates: Candidate[] = [];
    let total = 0;
    for (const phrase of SCALE_PHRASES) {
      const place = spotPhrase(
        reading,
        phrase,
        Math.max(0, slash - BEFORE),
        Math.min(reading.frames, slash + BEHIND),
      );
      if (place.score < LEAST_SCORE || place.start > slash || place.end <= slash) continue;
      if (!standsAlone(reading, place)) continue;
      const seen = Math.exp(phraseLogOdds(reading, phrase, place.start, place.end));
      total += seen;
      candidates.push({ phrase, place, chance: PRIOR * phrase.prior * seen });
    }
    if (candidates.length === 0) continue;
    const best = candidates.reduce((a, b) => (b.chance > a.chance ? b : a));
    const { kind, value, chestValue } = best.phrase;
    let same = 0;
    let all = 0;
    for (const { phrase, chance } of candidates) {
      all += chance;
      if (phrase.kind === kind && phrase.value === value && phrase.chestValue === chestValue) same += chance;
    }
    const probability = same / (all + Math.max(0, 1 - total));
    if (probability < LEAST_PROBABILITY) continue;
    const { start, end } = best.place;
    if (found.some((other) => start < other.end && other.start < end)) continue;
    const common = {
      kind,
      probability,
      box: frameBox(box, start, end, reading.frames),
      text: best.phrase.text,
    };
    if (chestValue === null) {
      const last = found.length > 0 ? found[found.length - 1]!.end : 0;
      const scope = kind === 'gain' ? scopeOf(likelyText(reading, last, start)) : 'all';
      found.push({ ...common, value, scope, start, end });
    } else {
      found.push({ ...common, value, scope: 'limb', start, end });
      found.push({ ...common, value: chestValue, scope: 'chest', start, end });
    }
  }
  return found.map(({ kind, value, scope, probability, box: at, text }) => {
    return { kind, value, scope, probability, box: at, text };
  });
}

/** Frames that show a stroke at least faintly; of neighbours the surest. */
function slashes({ logs, frames }: LineReading): number[] {
  const classes = TEXT_CLASSES.length;
  const level = Math.log(SLASH_SHARE);
  const found: number[] = [];
  const at = (t: number): number => logs[t * classes + SLASH]!;
  for (let t = 0; t < frames; t++) {
    if (at(t) < level) continue;
    if ((t > 0 && at(t - 1) > at(t)) || (t + 1 < frames && at(t + 1) >= at(t))) continue;
    found.push(t);
  }
  return found;
}

/** Whether the phrase is not the end of a longer number nor the beginning of a longer word. */
function standsAlone(reading: LineReading, { start, end }: SpottedPhrase): boolean {
  const before = likelyText(reading, 0, start).slice(-2);
  const last = before.slice(-1);
  if (last !== '' && DIGITS.includes(last)) return false;
  if (last === '/' && before.length > 1 && DIGITS.includes(before[0]!)) return false;
  const next = likelyText(reading, end).slice(0, 1);
  return next === '' || !LETTERS.includes(next);
}

/** Whether the words before a gain name the limb leads or the chest leads. */
function scopeOf(before: string): ScaleReading['scope'] {
  if (contains(before, 'limb', 1)) return 'limb';
  return contains(before, 'chest', 1) || contains(before, 'p*ec', 0) ? 'chest' : 'all';
}

/** Whether `text` contains `word` with at most so many letters wrong. */
function contains(text: string, word: string, wrong: number): boolean {
  for (let from = 0; from + word.length <= text.length; from++) {
    let different = 0;
    for (let k = 0; k < word.length; k++) if (text[from + k] !== word[k]) different++;
    if (different <= wrong) return true;
  }
  return false;
}

function frameBox(line: Box, start: number, end: number, frames: number): Box {
  const height = line.y1 - line.y0;
  // Two columns per frame, twelve columns to the height, six before the line.
  const x = (frame: number): number => line.x0 + ((2 * frame - 6) * height) / 12;
  return {
    x0: Math.max(line.x0, Math.floor(x(start))),
    y0: line.y0,
    x1: Math.min(line.x1, Math.ceil(x(Math.min(frames, end)))),
    y1: line.y1,
  };
}
