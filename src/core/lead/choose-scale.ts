import type { Reason } from '../../shared/reason.ts';
import type { DigitizeOverrides } from '../digitization.ts';
import type { CalibrationPulse, Layout } from './layout.ts';

/** Speed and gain with their sources. */
export interface PaperScale {
  readonly speedMmPerSecond: number;
  readonly gainMmPerMillivolt: number;
  readonly speedSource: Layout['speedSource'];
  readonly gainSource: Layout['gainSource'];
  readonly reasons: readonly Reason[];
}

const USUAL_GAINS = [2.5, 5, 10, 20];
/** How near a pulse must be to a usual gain to count as it. */
const GAIN_SNAP = 0.2;

/** Speed and gain: what a person says, then the pulses, then the usual 25 mm/s and 10 mm/mV. */
export function chooseScale(
  pulses: readonly CalibrationPulse[],
  cellWidthMm: number,
  overrides: DigitizeOverrides,
): PaperScale {
  const reasons: Reason[] = [];
  const heights = pulses.map((p) => p.heightMm).sort((a, b) => a - b);
  const height = heights.length > 0 ? heights[heights.length >> 1] : null;
  let gainMmPerMillivolt = 10;
  let gainSource: Layout['gainSource'] = 'default';
  if (height !== null) {
    const usual = USUAL_GAINS.find((g) => Math.abs(height / g - 1) < GAIN_SNAP);
    if (usual !== undefined) {
      gainMmPerMillivolt = usual;
      gainSource = 'pulse';
    }
  } else {
    reasons.push({
      code: 'pulse-missing',
      severity: 'info',
      message: 'No calibration pulse was found; 10 mm/mV is assumed.',
    });
  }
  if (overrides.gainMmPerMillivolt) {
    gainMmPerMillivolt = overrides.gainMmPerMillivolt;
    gainSource = 'user';
  }
  let speedMmPerSecond = 25;
  let speedSource: Layout['speedSource'] = 'default';
  if (Math.abs(cellWidthMm / 62.5 - 1) < 0.02 || Math.abs(cellWidthMm / 250 - 1) < 0.02)
    speedSource = 'duration';
  if (overrides.speedMmPerSecond) {
    speedMmPerSecond = overrides.speedMmPerSecond;
    speedSource = 'user';
  }
  return { speedMmPerSecond, gainMmPerMillivolt, speedSource, gainSource, reasons };
}
