import { USUAL_PULSE } from '../page/pulse-style.ts';
import type { RandomPage } from './random-page-options.ts';

/** The same page with rows short enough for its paper, in whole half seconds. */
export function fitRows(page: RandomPage): RandomPage {
  const speed = page.speedMmPerSecond ?? 25;
  const { footMm, gapMm, widthSeconds, halfStep } = page.pulseStyle ?? USUAL_PULSE;
  const steps = halfStep ? 2 : 1;
  const room = page.pulse === 'none' ? 0 : 2 * footMm + gapMm + steps * widthSeconds * speed;
  const longest = Math.floor((2 * ((page.paperMm ?? [279.4, 215.9])[0] - room)) / speed) / 2;
  return { ...page, seconds: Math.min(page.seconds ?? longest, longest) };
}
