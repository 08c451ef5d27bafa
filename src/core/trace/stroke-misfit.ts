import type { Pen } from './pen.ts';
import type { TraceEvidence } from './prepare-evidence.ts';

/**
 * Trust per column from how much of the line has ink under it: the mean coverage along the line in the column, against
 * the pen's strength.
 */
export function strokeMisfit(
  evidence: TraceEvidence,
  line: Float64Array,
  x0: number,
  columns: number,
  samplesPerPx: number,
  pen: Pen,
): Float32Array {
  const { data, width, height } = evidence.coverage;
  const trust = new Float32Array(columns);
  const thin = Math.min(1, (2 * pen.radiusPx) / (pen.edgePx * 1.2));
  for (let column = 0; column < columns; column++) {
    const k = column * samplesPerPx;
    const before = line[Math.max(0, k - 1)]!;
    const after = line[Math.min(line.length - 1, k + 1)]!;
    const top = Math.max(0, Math.round(Math.min(before, line[k]!, after)));
    const bottom = Math.min(height - 1, Math.round(Math.max(before, line[k]!, after)));
    let sum = 0;
    let count = 0;
    for (let row = top; row <= bottom; row++) {
      sum += data[row * width + x0 + column]!;
      count++;
    }
    trust[column] = count === 0 ? 0 : Math.min(1, sum / count / (pen.strength * thin));
  }
  return trust;
}
