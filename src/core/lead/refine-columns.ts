import type { ColumnEvidence, ColumnFit } from './fit-columns.ts';
import { nearestUsualCellMm } from './usual-cells.ts';

/** Spread of each kind of anchor, millimetres (of the width: share of it). */
const SEPARATOR_SPREAD_MM = 0.12;
const END_SPREAD_MM = 0.35;
/** Say of an end of the trace that is cut off by the page. */
const HIDDEN_END_VOTES = 0.25;
/** Say of a trace that begins at the last leg of a pulse, which must lie this far inside the page. */
const JOINED_END_VOTES = 2;
const JOINED_FROM_MM = 3;
const WIDTH_SPREAD = 0.0003;
/** Say of the usual width when anchors disagree with it. */
const USUAL_VOTES = 1.5;
const FREE_WIDTH_SPREAD = 0.02;
/** Anchors further off than this are not of these columns. */
const GATE_MM = 1.5;
/** How near a width must be to a usual one to be drawn to it. */
const USUAL_NEAR = 0.012;

/** A place on the page that should be the left edge of column `k`. */
interface Anchor {
  readonly k: number;
  readonly x: number;
  readonly spread: number;
  readonly votes: number;
}

/**
 * Settles origin and width of the columns to a fraction of a pixel. Anchors are separators, the free ends of the trace
 * and the fit so far; the pair on which most of them agree (soft consensus, so that a QRS taken for a separator does
 * no harm) is polished by weighted least squares. Widths near a usual one are drawn to it where a grid tells the scale.
 */
export function refineColumns(evidence: ColumnEvidence, fit: ColumnFit): ColumnFit {
  const { pxPerMm } = evidence;
  const anchors = collectAnchors(evidence, fit);
  const usual = evidence.isScaleAssumed ? null : nearestUsualCellMm(fit.width / pxPerMm, USUAL_NEAR);
  const pull = usual === null ? fit.width : usual * pxPerMm;
  const pullSpread = pull * (usual === null ? FREE_WIDTH_SPREAD : WIDTH_SPREAD);
  let best = { origin: fit.origin, width: fit.width };
  let most = -1;
  const attempt = (origin: number, width: number): void => {
    let score = USUAL_VOTES * Math.exp(-(((width - pull) / pullSpread) ** 2) / 2);
    for (const a of anchors) {
      score += a.votes * Math.exp(-(((a.x - origin - a.k * width) / a.spread) ** 2) / 2);
    }
    if (score > most) {
      most = score;
      best = { origin, width };
    }
  };
  for (const a of anchors) {
    attempt(a.x - a.k * pull, pull);
    for (const b of anchors) {
      if (b.k <= a.k) continue;
      const width = (b.x - a.x) / (b.k - a.k);
      attempt(a.x - a.k * width, width);
    }
  }
  // Anchors that agree on another width have outvoted the usual one: print heads are not always on time.
  const usualHolds = Math.abs(best.width - pull) < 3 * pullSpread;
  return { ...fit, ...polish(anchors, best, pull, usualHolds ? pullSpread : pull * FREE_WIDTH_SPREAD) };
}

function collectAnchors(evidence: ColumnEvidence, fit: ColumnFit): Anchor[] {
  const { pxPerMm, separators, divided } = evidence;
  const gate = GATE_MM * pxPerMm;
  const dividedRows = divided.filter(Boolean).length;
  const anchors: Anchor[] = [{ k: 0, x: fit.origin, spread: gate, votes: 0.05 }];
  for (const s of separators) {
    const k = Math.round((s.x - fit.origin) / fit.width);
    if (k < 0 || k > fit.count || Math.abs(s.x - fit.origin - k * fit.width) > gate) continue;
    const inner = k > 0 && k < fit.count;
    const inside = s.rows.filter((r) => divided[r]).length;
    const outside = inner ? s.rows.length - inside : 0;
    const votes = ((inner ? 1 : 0.5) * s.quality * (inside - outside)) / dividedRows;
    if (votes > 0.15) anchors.push({ k, x: s.x, spread: SEPARATOR_SPREAD_MM * pxPerMm, votes });
  }
  const joined = !evidence.freeLeft && evidence.x0 > JOINED_FROM_MM * pxPerMm;
  const ends: [number, number, number, number][] = [
    joined
      ? [0, evidence.x0, JOINED_END_VOTES, SEPARATOR_SPREAD_MM]
      : [0, evidence.x0, evidence.freeLeft ? 1.2 * evidence.agreeLeft : HIDDEN_END_VOTES, END_SPREAD_MM],
    [fit.count, evidence.x1, evidence.freeRight ? evidence.agreeRight : HIDDEN_END_VOTES, END_SPREAD_MM],
  ];
  for (const [k, x, votes, spreadMm] of ends) {
    if (Math.abs(x - fit.origin - k * fit.width) > gate) continue;
    anchors.push({ k, x, spread: spreadMm * pxPerMm, votes });
  }
  return anchors;
}

function polish(
  anchors: readonly Anchor[],
  start: { origin: number; width: number },
  pull: number,
  pullSpread: number,
): { origin: number; width: number } {
  let { origin, width } = start;
  for (let round = 0; round < 4; round++) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 1 / pullSpread ** 2;
    let t0 = 0;
    let t1 = pull / pullSpread ** 2;
    for (const { k, x, spread, votes } of anchors) {
      const off = (x - origin - k * width) / spread;
      const weight = (votes * Math.exp((-off * off) / 4)) / spread ** 2;
      s0 += weight;
      s1 += weight * k;
      s2 += weight * k * k;
      t0 += weight * x;
      t1 += weight * k * x;
    }
    const determinant = s0 * s2 - s1 * s1;
    if (!(determinant > 0)) break;
    origin = (t0 * s2 - t1 * s1) / determinant;
    width = (s0 * t1 - s1 * t0) / determinant;
  }
  return { origin, width };
}
