import { confidenceRuns } from './confidence-runs.ts';
import type { PaperView } from './paint-paper.ts';
import type { PaperColours } from './paper-colours.ts';
import type { Strip } from './strip-layout.ts';

/** Height of the band, CSS pixels. */
export const CONFIDENCE_PX = 4;

/** Paints, at the foot of a strip, how far each of its samples can be trusted: the taller and warmer, the less. */
export function paintConfidence(
  context: CanvasRenderingContext2D,
  strip: Strip,
  view: PaperView,
  { trust }: PaperColours,
): void {
  const { confidence, millivolts, fs } = strip.signal;
  const pxPerSample = (view.speedMmPerSecond * view.pxPerMm) / fs;
  const left = strip.xMm * view.pxPerMm - view.scrollX;
  const foot = strip.bottomMm * view.pxPerMm - view.scrollY;
  for (const { level, from, to } of confidenceRuns(confidence, millivolts)) {
    const height = [CONFIDENCE_PX, CONFIDENCE_PX, CONFIDENCE_PX, 3, 2, 2][level]!;
    context.fillStyle = trust[level]!;
    context.fillRect(left + from * pxPerSample, foot - height, (to - from) * pxPerSample, height);
  }
}
