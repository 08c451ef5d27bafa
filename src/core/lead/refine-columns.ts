import type { ColumnEvidence, ColumnFit } from './fit-columns.ts';

/** Spread of each kind of anchor, millimetres (of the width: share of it). */
const SEPARATOR_SPREAD_MM = 0.15;
const END_SPREAD_MM = 0.5;
const WIDTH_SPREAD = 0.0025;
/** Anchors further off than this are not of these columns. */
const GATE_MM = 1.2;
/** Usual lengths of a cell in millimetres and how near a width must be to be drawn to one. */
const USUAL_CELL_MM = [62.5, 75, 125, 150, 250, 300];
const USUAL_NEAR = 0.012;

/**
 * Settles origin and width of the columns to a fraction of a pixel: weighted least squares over separators, the free
 * ends of the trace, and the usual width when the measured one is near it.
 */
export function refineColumns(evidence: ColumnEvidence, fit: ColumnFit): ColumnFit {
  const { pxPerMm, separators, divided } = evidence;
  let { origin, width } = fit;
  for (let round = 0; round < 3; round++) {
    const anchors: { k: number; x: number; weight: number }[] = [];
    for (const s of separators) {
      const rows = s.rows.filter((r) => divided[r]).length;
      if (rows * 2 < divided.filter(Boolean).length) continue;
      const k = Math.round((s.x - origin) / width);
      if (k < 0 || k > fit.count || Math.abs(s.x - origin - k * width) > GATE_MM * pxPerMm) continue;
      anchors.push({ k, x: s.x + 0.5, weight: rows / (SEPARATOR_SPREAD_MM * pxPerMm) ** 2 });
    }
    const end = 1 / (END_SPREAD_MM * pxPerMm) ** 2;
    if (evidence.freeLeft && Math.abs(evidence.x0 - origin) < GATE_MM * pxPerMm) {
      anchors.push({ k: 0, x: evidence.x0, weight: 2 * end });
    }
    if (evidence.freeRight && Math.abs(evidence.x1 - origin - fit.count * width) < GATE_MM * pxPerMm) {
      anchors.push({ k: fit.count, x: evidence.x1, weight: end });
    }
    anchors.push({ k: 0, x: origin, weight: 0.02 * end });
    const cellMm = width / pxPerMm;
    const usual = USUAL_CELL_MM.find((u) => Math.abs(cellMm / u - 1) < USUAL_NEAR);
    const pull = usual ?? cellMm;
    const widthWeight = 1 / ((usual ? WIDTH_SPREAD : 0.02) * pull * pxPerMm) ** 2;
    let s0 = 0;
    let s1 = 0;
    let s2 = widthWeight;
    let t0 = 0;
    let t1 = widthWeight * pull * pxPerMm;
    for (const { k, x, weight } of anchors) {
      s0 += weight;
      s1 += weight * k;
      s2 += weight * k * k;
      t0 += weight * x;
      t1 += weight * k * x;
    }
    const determinant = s0 * s2 - s1 * s1;
    if (determinant <= 0) break;
    origin = (t0 * s2 - t1 * s1) / determinant;
    width = (s0 * t1 - s1 * t0) / determinant;
  }
  return { ...fit, origin, width };
}
