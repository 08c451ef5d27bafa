import type { PaperView } from './paint-paper.ts';
import type { Strip } from './strip-layout.ts';

/** Where moments and voltages lie in the window, CSS pixels: x = left + seconds * pxPerSecond, y = baseline - mV * pxPerMillivolt. */
export interface StripPlace {
  readonly left: number;
  readonly pxPerSecond: number;
  readonly baseline: number;
  readonly pxPerMillivolt: number;
}

/** Where the signals of a strip lie; `left` is 0 on the page's clock, not the strip's beginning. */
export function placeStrip(
  { xMm, baselineMm, startSeconds }: Pick<Strip, 'xMm' | 'baselineMm' | 'startSeconds'>,
  { speedMmPerSecond, gainMmPerMillivolt, pxPerMm, scrollX, scrollY }: PaperView,
): StripPlace {
  const pxPerSecond = speedMmPerSecond * pxPerMm;
  return {
    left: xMm * pxPerMm - scrollX - startSeconds * pxPerSecond,
    pxPerSecond,
    baseline: baselineMm * pxPerMm - scrollY,
    pxPerMillivolt: gainMmPerMillivolt * pxPerMm,
  };
}

/** Adds the line through samples `first` up to `last` to the path; NaN lifts the pen. Sample 0 lies at `startSeconds`. */
export function traceSamples(
  context: Pick<CanvasRenderingContext2D, 'lineTo' | 'moveTo'>,
  millivolts: ArrayLike<number>,
  { fs, startSeconds }: { readonly fs: number; readonly startSeconds: number },
  first: number,
  last: number,
  { left, pxPerSecond, baseline, pxPerMillivolt }: StripPlace,
): void {
  const from = left + startSeconds * pxPerSecond;
  const pxPerSample = pxPerSecond / fs;
  let pen = false;
  for (let i = first; i < last; i++) {
    const value = millivolts[i]!;
    if (Number.isNaN(value)) {
      pen = false;
      continue;
    }
    const x = from + i * pxPerSample;
    const y = baseline - value * pxPerMillivolt;
    if (pen) context.lineTo(x, y);
    else context.moveTo(x, y);
    pen = true;
  }
}
