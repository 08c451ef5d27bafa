import type { InkRuns } from './ink-runs.ts';
import { chooseExtremes } from './choose-extremes.ts';
import { type PenReach, shrinkRuns } from './shrink-runs.ts';
import { smoothFlanks } from './smooth-flanks.ts';

/**
 * First guess of the centre line from ink runs: each run is shrunk by the pen's disc, then the line picks the top or
 * bottom of what is left so that narrow peaks, whose up- and down-strokes share columns, are walked to their tips.
 *
 * @param radiusPx half the thickness of the stroke
 * @param samplesPerPx samples per column of the result
 * @returns row per sample, sample k at column `k / samplesPerPx`; NaN where the run is missing
 */
export function startLine(runs: InkRuns, radiusPx: number, samplesPerPx: number): Float64Array {
  const reach: PenReach = shrinkRuns(runs, radiusPx);
  const coarse = chooseExtremes(reach);
  smoothFlanks(coarse, reach, Math.max(1.5, 1.2 * radiusPx));
  const columns = runs.top.length;
  const line = new Float64Array((columns - 1) * samplesPerPx + 1).fill(Number.NaN);
  for (let k = 0; k < line.length; k++) {
    const x = k / samplesPerPx;
    if (runs.missing[Math.floor(x)] === 1 || runs.missing[Math.ceil(x)] === 1) continue;
    const at = x / reach.stepPx;
    const left = Math.min(coarse.length - 1, Math.floor(at));
    const right = Math.min(coarse.length - 1, left + 1);
    const a = coarse[left]!;
    const b = coarse[right]!;
    line[k] = a !== a ? b : b !== b ? a : a + (b - a) * (at - left);
  }
  return line;
}
