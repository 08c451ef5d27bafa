import type { LeadCell } from '../lead/layout.ts';
import type { TracePath } from './trace-path.ts';

/** Longest end of a lead that is drawn from its other beats, seconds: what a separator hides of a complex. */
const LONGEST_SECONDS = 0.06;
/** How far about a hidden end the strip, and beside it the lead itself, is compared with other moments, seconds. */
const ABOUT_SECONDS = 0.12;
/** Moments that are taken the mean of, and how far apart they are at least, seconds. */
const MOST_BEATS = 4;
const APART_SECONDS = 0.3;
/** Share of the power of strip and lead about the end by which another moment may differ. */
const ALIKE = 0.1;
/** The same for what is seen of the lead itself, which may be flat there and is then mostly noise. */
const LEAD_ALIKE = 0.35;
/** Height of the strip's waves about the end, in thicknesses of its stroke, below which nothing is hidden that matters. */
const LEAST_WAVES = 2;

/** A lead of which an end was drawn as its other beats go. */
export interface BeatUnderBar {
  readonly cellId: string;
  readonly end: 'start' | 'end';
}

/**
 * Draws what separators hide at the ends of leads as the other beats of the lead go: where the rhythm strip shows a complex at
 * that moment, other moments are looked for at which strip and lead go the same way, and the hidden columns become their mean,
 * joined to what is seen. They stay bridged, at the trust of a bridge. Where no moment is alike enough the lead stays as it is.
 *
 * @param pxPerSecond canonical columns per second of the layout's speed
 * @returns the paths, and which ends were drawn. O(samples of the lead x samples compared) per hidden end.
 */
export function beatsUnderBars(
  paths: readonly TracePath[],
  cells: readonly LeadCell[],
  pxPerSecond: number,
): { paths: readonly TracePath[]; drawn: readonly BeatUnderBar[] } {
  const cellOf = new Map(cells.map((cell) => [cell.id, cell]));
  const strips = paths.filter(({ cellId }) => cellOf.get(cellId)?.role === 'rhythm');
  const drawn: BeatUnderBar[] = [];
  const result = paths.map((path) => {
    const cell = cellOf.get(path.cellId);
    if (cell?.role !== 'lead') return path;
    let fineY = path.fineY;
    for (const end of ['start', 'end'] as const) {
      const hidden = hiddenEnd(path, end, LONGEST_SECONDS * pxPerSecond);
      if (hidden === null) continue;
      const line = { ...path, fineY };
      for (const strip of strips) {
        // Columns of one moment in the lead and in its strip.
        const other = cellOf.get(strip.cellId)!;
        const shiftPx = other.x0 - cell.x0 + (cell.startSeconds - other.startSeconds) * pxPerSecond;
        const better = fillEnd(
          line,
          strip,
          Math.round((path.x0 + shiftPx - strip.x0) * path.samplesPerPx),
          hidden,
          pxPerSecond,
        );
        if (better === null) continue;
        fineY = better;
        drawn.push({ cellId: path.cellId, end });
        break;
      }
    }
    if (fineY === path.fineY) return path;
    const y = path.y.map((_, column) => fineY[column * path.samplesPerPx]!);
    return { ...path, fineY, y };
  });
  return { paths: result, drawn };
}

/** First and one past the last hidden sample of an end; null where nothing, or too much, is hidden. */
function hiddenEnd(
  { bridged, samplesPerPx, fineY }: TracePath,
  end: 'start' | 'end',
  mostColumns: number,
): readonly [number, number] | null {
  let columns = 0;
  while (
    columns < bridged.length &&
    bridged[end === 'start' ? columns : bridged.length - 1 - columns] === 1
  ) {
    columns++;
  }
  if (columns === 0 || columns > mostColumns || columns === bridged.length) return null;
  const samples = columns * samplesPerPx;
  return end === 'start' ? [0, samples] : [fineY.length - samples, fineY.length];
}

/** The line with its hidden samples as other moments have them; null where none is alike. */
function fillEnd(
  { fineY, bridged, samplesPerPx, strokeWidthPx }: TracePath,
  strip: TracePath,
  toStrip: number,
  [from, to]: readonly [number, number],
  pxPerSecond: number,
): Float32Array | null {
  const perSecond = pxPerSecond * samplesPerPx;
  const about = Math.round(ABOUT_SECONDS * perSecond);
  // Compared is the strip all about the hidden samples, and the lead where it is seen.
  const first = from - about;
  const last = to + about;
  const stripAt = (k: number): number => strip.fineY[k + toStrip] ?? Number.NaN;
  const isStripSeen = (k: number): boolean =>
    strip.bridged[Math.round((k + toStrip) / strip.samplesPerPx)] === 0 && stripAt(k) === stripAt(k);
  const isSeen = (k: number): boolean =>
    k >= 0 && k < fineY.length && bridged[Math.min(bridged.length - 1, Math.floor(k / samplesPerPx))] === 0;
  const places: number[] = [];
  for (let k = first; k < last; k++) {
    if (!isStripSeen(k)) return null;
    places.push(k);
  }
  const seen = places.filter(isSeen);
  if (seen.length < about / 2) return null;
  const power = variance(places, stripAt);
  if (Math.sqrt(power) < LEAST_WAVES * strip.strokeWidthPx) return null;
  const leadPower = variance(seen, (k) => fineY[k]!) + strokeWidthPx * strokeWidthPx;
  const found: { shift: number; unlike: number; offset: number }[] = [];
  for (let shift = -last; shift < fineY.length - first; shift++) {
    if (Math.abs(shift) < APART_SECONDS * perSecond) continue;
    if (from + shift < 0 || to + shift > fineY.length) continue;
    const unlike = compare(shift);
    if (unlike !== null) found.push(unlike);
  }
  found.sort((a, b) => a.unlike - b.unlike);
  const beats: typeof found = [];
  for (const one of found) {
    if (beats.length === MOST_BEATS) break;
    if (beats.every(({ shift }) => Math.abs(shift - one.shift) >= APART_SECONDS * perSecond)) beats.push(one);
  }
  if (beats.length === 0) return null;
  const filled = Float32Array.from(fineY);
  for (let k = from; k < to; k++) {
    let sum = 0;
    for (const { shift, offset } of beats) sum += fineY[k + shift]! + offset;
    filled[k] = sum / beats.length;
  }
  return filled;

  /** How unlike strip and lead are at another moment, as a share of their power; null beyond `ALIKE` or where that is not seen. */
  function compare(shift: number): { shift: number; unlike: number; offset: number } | null {
    for (let k = from; k < to; k++) if (!isSeen(k + shift)) return null;
    for (const k of places) if (!isStripSeen(k + shift)) return null;
    const there = seen.filter((k) => isSeen(k + shift));
    if (there.length < about / 2) return null;
    const strips = variance(places, (k) => stripAt(k) - stripAt(k + shift)) / power;
    if (strips > ALIKE) return null;
    const leads = variance(there, (k) => fineY[k]! - fineY[k + shift]!) / leadPower;
    if (leads > LEAD_ALIKE) return null;
    let offset = 0;
    for (const k of there) offset += fineY[k]! - fineY[k + shift]!;
    return { shift, unlike: strips + leads, offset: offset / there.length };
  }
}

/** Mean square about the mean of `value` over `places`. */
function variance(places: readonly number[], value: (k: number) => number): number {
  let [sum, squares] = [0, 0];
  for (const k of places) {
    const v = value(k);
    sum += v;
    squares += v * v;
  }
  return squares / places.length - (sum / places.length) ** 2;
}
