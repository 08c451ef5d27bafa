import type { Reason } from '../../shared/reason.ts';
import { agreeReadings } from './agree-readings.ts';
import type { CalibrationPulse, Layout } from './layout.ts';
import { hasPulseSize } from './has-pulse-size.ts';
import type { ScaleReading } from './read-scale-text.ts';
import { nearestUsualCellMm } from './usual-cells.ts';
import { ascending } from '../../shared/ascending.ts';

/** Paper speed of the page and how sure it is. */
export interface ChosenSpeed {
  readonly speedMmPerSecond: number;
  readonly speedSource: Layout['speedSource'];
  /** 1 where evidence agrees, less where it contradicts itself. */
  readonly trust: number;
  readonly reasons: readonly Reason[];
}

/** Width of a pulse of 0.2 s at 25 and at 50 mm/s, and how near a width must be. */
const PULSE_MM_AT_25 = 5;
const PULSE_MM_AT_50 = 10;
const SPEED_SNAP = 0.15;
const DURATION_SNAP = 0.02;
const DEFAULT_SPEED = 25;
const DOUBTED = 0.6;

/** The speed: what a person says, then the print, then the width of the pulses, then usual durations, then 25 mm/s. */
export function chooseSpeed(
  pulses: readonly CalibrationPulse[],
  readings: readonly ScaleReading[],
  cellWidthMm: number,
  stated: number | null,
): ChosenSpeed {
  const printed = agreeReadings(readings.filter((r) => r.kind === 'speed'));
  if (stated !== null) {
    const reasons: Reason[] = [];
    if (printed.value !== null && printed.value !== stated) {
      const message = `The stated speed of ${stated} mm/s is used; the print says ${printed.value} mm/s.`;
      reasons.push({ code: 'speed-conflict', severity: 'info', message });
    }
    return { speedMmPerSecond: stated, speedSource: 'user', trust: 1, reasons };
  }
  const widths = pulses.map((p) => p.widthMm).sort(ascending);
  const width = widths.length > 0 ? widths[widths.length >> 1]! : null;
  const isNear = (mm: number): boolean => width !== null && Math.abs(width / mm - 1) < SPEED_SNAP;
  const isPlain = pulses.length >= 2 || (pulses[0] !== undefined && hasPulseSize(pulses[0]));
  const byPulse = isPlain && isNear(PULSE_MM_AT_50) ? 50 : isNear(PULSE_MM_AT_25) ? 25 : null;
  if (printed.value !== null) {
    // Pulses narrower or wider than 0.2 s exist; only where the columns side with them is the print doubted.
    const { value } = printed;
    const usualByPrint = nearestUsualCellMm((cellWidthMm * 25) / value, DURATION_SNAP) !== null;
    const contradicted = byPulse !== null && byPulse !== value && !usualByPrint;
    const reasons: Reason[] = [];
    if (contradicted) {
      const message =
        `The print says ${value} mm/s, but the calibration pulse is ${width!.toFixed(1)} mm wide, as 0.2 s are at ` +
        `${byPulse} mm/s; ${value} mm/s is used. Check the speed.`;
      reasons.push({ code: 'speed-conflict', severity: 'warning', message });
    }
    return { speedMmPerSecond: value, speedSource: 'text', trust: contradicted ? DOUBTED : 1, reasons };
  }
  const reasons: Reason[] = [];
  if (printed.rivals.length > 0) {
    const message = `Two speeds are printed (${printed.rivals.join(' and ')} mm/s). State the speed.`;
    reasons.push({ code: 'speed-conflict', severity: 'warning', message });
  }
  const trust = printed.rivals.length > 0 ? DOUBTED : 1;
  if (byPulse === 50) {
    const message = `The calibration pulse is ${width!.toFixed(1)} mm wide, as 0.2 s are at 50 mm/s.`;
    reasons.push({ code: 'speed-from-pulse', severity: 'info', message });
    return { speedMmPerSecond: 50, speedSource: 'pulse', trust, reasons };
  }
  if (nearestUsualCellMm(cellWidthMm, DURATION_SNAP) !== null) {
    return { speedMmPerSecond: DEFAULT_SPEED, speedSource: 'duration', trust, reasons };
  }
  const speedSource = byPulse === 25 ? 'pulse' : 'default';
  return { speedMmPerSecond: DEFAULT_SPEED, speedSource, trust, reasons };
}
