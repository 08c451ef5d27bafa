import { type InkClaims, otherRows } from './ink-claims.ts';
import type { TraceEvidence } from './prepare-evidence.ts';
import type { TracedRow } from './trace-rows.ts';

/** Trust left to ink that another row explains. */
const EXPLAINED = 0.1;

/**
 * The evidence as one row should see it: where another row's stroke lies within the reach of this row's line, the ink is
 * hardly believed. Returns the evidence itself when the row meets nobody.
 *
 * @param index of the row in the claims
 * @param reachPx how far around a line its stroke shows
 */
export function yieldClaims(
  evidence: TraceEvidence,
  claims: InkClaims,
  row: TracedRow,
  index: number,
  samplesPerPx: number,
  reachPx: number,
): TraceEvidence {
  const { bits, width, height } = claims;
  const others = otherRows(index);
  const side = 1;
  const { line, band } = row;
  let data: Float32Array | null = null;
  for (let centre = 0; centre < line.length; centre += samplesPerPx) {
    let high = Infinity;
    let low = -Infinity;
    const spread = (side + 1) * samplesPerPx;
    for (let k = Math.max(0, centre - spread); k <= Math.min(line.length - 1, centre + spread); k++) {
      if (line[k]! < high) high = line[k]!;
      if (line[k]! > low) low = line[k]!;
    }
    if (high > low) continue;
    const x = band.x0 + centre / samplesPerPx;
    const y0 = Math.max(0, Math.floor(high - 3 * reachPx));
    const y1 = Math.min(height - 1, Math.ceil(low + 3 * reachPx));
    const from = Math.max(0, x - side);
    const to = Math.min(width - 1, x + side);
    for (let y = y0; y <= y1; y++) {
      let taken = 0;
      for (let at = from; at <= to; at++) taken |= bits[y * width + at]!;
      if ((taken & others) === 0) continue;
      data ??= evidence.certainty.data.slice();
      data[y * width + x]! *= EXPLAINED;
    }
  }
  return data === null ? evidence : { ...evidence, certainty: { data, width, height } };
}
