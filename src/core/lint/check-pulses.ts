import type { Layout } from '../lead/layout.ts';
import type { Finding } from './finding.ts';
import { quantile } from './stretch.ts';

/** A pulse is 1 mV high to this share. */
const TOLERANCE = 0.1;
/** A pulse lasts 0.2 s; twice or half as long by this share speaks for another paper speed. */
const PULSE_SECONDS = 0.2;
const WIDTH_TOLERANCE = 0.15;

/** Compares the calibration pulses with the gain and speed the page is read at, and single pulses with the others. */
export function checkPulses(layout: Layout): Finding[] {
  if (layout.pulses.length === 0) return [];
  return [...checkWidth(layout), ...checkHeights(layout)];
}

/** Only where the speed was not stated: some machines draw pulses of another width. */
function checkWidth(layout: Layout): Finding[] {
  const speed = layout.speedMmPerSecond;
  if (layout.speedSource === 'text' || layout.speedSource === 'user') return [];
  const width = quantile(
    Float64Array.from(layout.pulses, (pulse) => pulse.widthMm),
    0.5,
  );
  const ratio = width / (PULSE_SECONDS * speed);
  const likely = [2, 0.5].find((factor) => Math.abs(ratio / factor - 1) < WIDTH_TOLERANCE);
  if (likely === undefined) return [];
  return [
    {
      code: 'pulse-speed',
      severity: 'warning',
      message:
        `The calibration pulse is ${width.toFixed(1)} mm wide: the paper may run at ${speed * likely} mm/s, ` +
        `the page is read at ${speed} mm/s.`,
      leads: [],
      startSeconds: null,
      endSeconds: null,
      value: width,
    },
  ];
}

function checkHeights(layout: Layout): Finding[] {
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
