import type { Reason } from '../../shared/reason.ts';
import type { Layout } from '../lead/layout.ts';
import type { LeadSignal } from '../signal/lead-signal.ts';
import { oddsOfDoubleSpeed } from './odds-of-double-speed.ts';

/** Logarithmic odds from which the speed is doubled, and from which a person is asked: 50 mm/s is the rarer speed. */
const SURE = 6;
const DOUBTFUL = 2;
const FAST = 50;

/**
 * The layout at 50 mm/s where neither print nor pulses nor a person told the speed and all intervals of the heart are
 * twice as long as they can be at the 25 mm/s assumed, or usual for pages like it: among those may always be another one.
 */
export function timeByHeart(
  layout: Layout,
  signals: readonly LeadSignal[],
): { readonly layout: Layout; readonly reasons: readonly Reason[] } {
  const { speedSource, speedMmPerSecond } = layout;
  const isHabit = speedSource === 'habit';
  const isAssumed = isHabit || speedSource === 'default' || speedSource === 'duration';
  if (!isAssumed || 2 * speedMmPerSecond !== FAST) return { layout, reasons: [] };
  const odds = oddsOfDoubleSpeed(signals) ?? -Infinity;
  if (odds < (isHabit ? SURE : DOUBTFUL)) return { layout, reasons: [] };
  if (odds < SURE) {
    const message =
      `At the ${speedMmPerSecond} mm/s assumed all intervals of this heart are long. ` +
      `If the paper ran at ${FAST} mm/s, state the speed.`;
    return { layout, reasons: [{ code: 'speed-doubtful', severity: 'warning', message }] };
  }
  const cells = layout.cells.map((cell) => ({
    ...cell,
    startSeconds: (cell.startSeconds * speedMmPerSecond) / FAST,
    endSeconds: (cell.endSeconds * speedMmPerSecond) / FAST,
  }));
  const message =
    `The print tells no speed; at ${speedMmPerSecond} mm/s beats, PR, QRS and QT would all be twice as long as usual: ` +
    `${FAST} mm/s is used. Check the speed.`;
  return {
    layout: { ...layout, cells, speedMmPerSecond: FAST, speedSource: 'heart' },
    reasons: [{ code: 'speed-from-heart', severity: 'warning', message }],
  };
}
