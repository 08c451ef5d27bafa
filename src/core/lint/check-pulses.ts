import type { Layout } from '../lead/layout.ts';
import type { Finding } from './finding.ts';
import { quantile } from './stretch.ts';

/** A pulse is 1 mV high to this share. */
const TOLERANCE = 0.1;

/** Compares the calibration pulses with the gain the page is read at, and single pulses with the others. */
export function checkPulses(layout: Layout): Finding[] {
  if (layout.pulses.length === 0) return [];
  const gain = layout.gainMmPerMillivolt;
  const usual = quantile(
    Float64Array.from(layout.pulses, (pulse) => pulse.heightMm),
    0.5,
  );
  if (Math.abs(usual / gain - 1) > TOLERANCE) {
    return [
      {
        code: 'pulse-gain',
        severity: 'warning',
        message: `The calibration pulse is ${usual.toFixed(1)} mm high, but the page is read at ${gain} mm/mV.`,
        leads: [],
        startSeconds: null,
        endSeconds: null,
        value: usual,
      },
    ];
  }
  return layout.pulses
    .filter((pulse) => Math.abs(pulse.heightMm / usual - 1) > TOLERANCE)
    .map((pulse) => {
      const leads = layout.cells.filter((cell) => cell.row === pulse.row).map((cell) => cell.lead);
      return {
        code: 'pulse-odd',
        severity: 'warning' as const,
        message:
          `The calibration pulse of row ${pulse.row + 1} (${leads.join(', ')}) is ${pulse.heightMm.toFixed(1)} mm ` +
          `high, the others ${usual.toFixed(1)} mm: the row may have its own gain.`,
        leads,
        startSeconds: null,
        endSeconds: null,
        value: pulse.heightMm,
      };
    });
}
