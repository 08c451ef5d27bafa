import type { Reason } from '../../shared/reason.ts';
import type { DigitizeOverrides } from '../digitization.ts';
import type { CalibrationPulse, Layout } from './layout.ts';
import { nearestUsualCellMm } from './usual-cells.ts';

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
/** Share of the pulses that must be equally high: grid lines can pass for pulses, but not alike in every row. */
const AGREEING_SHARE = 0.75;
/** Width of a pulse of 0.2 s at 25 and at 50 mm/s, and how near a width must be. */
const PULSE_MM_AT_25 = 5;
const PULSE_MM_AT_50 = 10;
const SPEED_SNAP = 0.15;

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
    const agreeing = heights.filter((h) => Math.abs(h / height - 1) < GAIN_SNAP).length;
    if (agreeing < AGREEING_SHARE * heights.length) {
      const listed = heights.map((h) => h.toFixed(1)).join(', ');
      reasons.push({
        code: 'gain-conflict',
        severity: 'warning',
        message: `The calibration pulses disagree (${listed} mm high); 10 mm/mV is assumed. State the gain.`,
      });
    } else if (usual !== undefined) {
      gainMmPerMillivolt = usual;
      gainSource = 'pulse';
    } else {
      reasons.push({
        code: 'gain-conflict',
        severity: 'warning',
        message: `The calibration pulse is ${height.toFixed(1)} mm high, which is no usual gain; 10 mm/mV is assumed.`,
      });
    }
  } else {
    reasons.push({
      code: 'pulse-missing',
      severity: 'info',
      message: 'No calibration pulse was found; 10 mm/mV is assumed.',
    });
  }
  if (overrides.gainMmPerMillivolt) {
    if (gainSource === 'pulse' && overrides.gainMmPerMillivolt !== gainMmPerMillivolt) {
      reasons.push({
        code: 'gain-conflict',
        severity: 'info',
        message: `The stated gain of ${overrides.gainMmPerMillivolt} mm/mV is used; the pulse says ${gainMmPerMillivolt} mm/mV.`,
      });
    }
    gainMmPerMillivolt = overrides.gainMmPerMillivolt;
    gainSource = 'user';
  }
  const widths = pulses.map((p) => p.widthMm).sort((a, b) => a - b);
  const width = widths.length > 0 ? widths[widths.length >> 1] : null;
  let speedMmPerSecond = 25;
  let speedSource: Layout['speedSource'] = 'default';
  if (width !== null && pulses.length >= 2 && Math.abs(width / PULSE_MM_AT_50 - 1) < SPEED_SNAP) {
    speedMmPerSecond = 50;
    speedSource = 'pulse';
    reasons.push({
      code: 'speed-from-pulse',
      severity: 'info',
      message: `The calibration pulse is ${width.toFixed(1)} mm wide, as 0.2 s are at 50 mm/s.`,
    });
  } else if (nearestUsualCellMm(cellWidthMm, 0.02) !== null) speedSource = 'duration';
  else if (width !== null && Math.abs(width / PULSE_MM_AT_25 - 1) < SPEED_SNAP) speedSource = 'pulse';
  if (overrides.speedMmPerSecond) {
    speedMmPerSecond = overrides.speedMmPerSecond;
    speedSource = 'user';
  }
  return { speedMmPerSecond, gainMmPerMillivolt, speedSource, gainSource, reasons };
}
