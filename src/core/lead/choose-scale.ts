import type { Reason } from '../../shared/reason.ts';
import type { DigitizeOverrides } from '../digitization.ts';
import { chooseGain } from './choose-gain.ts';
import { chooseSpeed } from './choose-speed.ts';
import type { CalibrationPulse, Layout } from './layout.ts';
import type { ScaleReading } from './read-scale-text.ts';

/** Speed and gain with their sources. */
export interface PaperScale {
  readonly speedMmPerSecond: number;
  readonly gainMmPerMillivolt: number;
  /** Gain of the chest leads where it is another one, else null. */
  readonly chestGainMmPerMillivolt: number | null;
  readonly speedSource: Layout['speedSource'];
  readonly gainSource: Layout['gainSource'];
  /** 1, less where print, pulses and durations contradict each other. */
  readonly trust: number;
  readonly reasons: readonly Reason[];
}

/** What speaks for a scale. */
export interface ScaleEvidence {
  readonly pulses: readonly CalibrationPulse[];
  readonly readings: readonly ScaleReading[];
  /** Width of a column of leads, millimetres. */
  readonly cellWidthMm: number;
}

/** Speed and gain from what a person says, what is printed, the pulses, and the usual lengths of a lead. */
export function chooseScale(
  { pulses, readings, cellWidthMm }: ScaleEvidence,
  overrides: DigitizeOverrides,
): PaperScale {
  const gain = chooseGain(pulses, readings, overrides.gainMmPerMillivolt ?? null);
  const speed = chooseSpeed(pulses, readings, cellWidthMm, overrides.speedMmPerSecond ?? null);
  return {
    speedMmPerSecond: speed.speedMmPerSecond,
    gainMmPerMillivolt: gain.gainMmPerMillivolt,
    chestGainMmPerMillivolt: gain.chestGainMmPerMillivolt,
    speedSource: speed.speedSource,
    gainSource: gain.gainSource,
    trust: speed.trust * gain.trust,
    reasons: [...gain.reasons, ...speed.reasons],
  };
}
