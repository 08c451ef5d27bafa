import type { Reason } from '../../shared/reason.ts';
import { agreeReadings } from './agree-readings.ts';
import type { CalibrationPulse, Layout } from './layout.ts';
import type { ScaleReading } from './read-scale-text.ts';
import { ascending } from '../../shared/ascending.ts';

/** Amplitude of the page and how sure it is. */
export interface ChosenGain {
  readonly gainMmPerMillivolt: number;
  /** Gain of the chest leads where the print states another one, else null. */
  readonly chestGainMmPerMillivolt: number | null;
  readonly gainSource: Layout['gainSource'];
  /** 1 where evidence agrees, less where it contradicts itself. */
  readonly trust: number;
  readonly reasons: readonly Reason[];
}

const USUAL_GAINS = [2.5, 5, 10, 20];
const DEFAULT_GAIN = 10;
/** How near a pulse must be to a usual gain to count as it. */
const GAIN_SNAP = 0.2;
/** Share of the pulses that must be equally high: grid lines can pass for pulses, but not alike in every row. */
const AGREEING_SHARE = 0.75;
/** So many equal pulses outweigh the print: the machine drew them with the traces. */
const CONVINCING_PULSES = 3;
const DOUBTED = 0.6;
/** A pulse that begins this near to where another ends may well go on behind it. */
const STACKED_MM = 1.5;

/** The gain: what a person says, then print and pulses where they agree, then either, then 10 mm/mV. */
export function chooseGain(
  pulses: readonly CalibrationPulse[],
  readings: readonly ScaleReading[],
  stated: number | null,
): ChosenGain {
  const gains = readings.filter((r) => r.kind === 'gain');
  const limb = agreeReadings(gains.filter((r) => r.scope !== 'chest'));
  const chest = agreeReadings(gains.filter((r) => r.scope === 'chest'));
  const measured = measurePulses(pulses);
  const found = weigh(limb.value, limb.rivals, measured);
  const reasons = [...found.reasons];
  if (stated !== null) {
    if (found.gainSource !== 'default' && found.gain !== stated) {
      const witness = found.gainSource === 'pulse' ? 'the pulse says' : 'the print says';
      const message = `The stated gain of ${stated} mm/mV is used; ${witness} ${found.gain} mm/mV.`;
      reasons.splice(0, reasons.length, { code: 'gain-conflict', severity: 'info', message });
    }
    return {
      gainMmPerMillivolt: stated,
      chestGainMmPerMillivolt: null,
      gainSource: 'user',
      trust: 1,
      reasons,
    };
  }
  const own = chest.value !== null && chest.value !== found.gain ? chest.value : null;
  if (own !== null) {
    reasons.push({
      code: 'gain-of-chest-leads',
      severity: 'info',
      message: `The print gives the chest leads a gain of their own: ${own} mm/mV, the others ${found.gain} mm/mV.`,
    });
  }
  return {
    gainMmPerMillivolt: found.gain,
    chestGainMmPerMillivolt: own,
    gainSource: found.gainSource,
    trust: found.trust,
    reasons,
  };
}

interface MeasuredPulses {
  readonly count: number;
  /** Gain all pulses agree on; null when there is none. */
  readonly gain: number | null;
  /** Why there is none although there are pulses. */
  readonly complaint: string | null;
  /** Whether most stand on top of each other: tall pulses of narrow rows overlap, and each seems to end at the next. */
  readonly stacked: boolean;
}

function measurePulses(pulses: readonly CalibrationPulse[]): MeasuredPulses {
  const heights = pulses.map((p) => p.heightMm).sort(ascending);
  const count = heights.length;
  const stacked = 2 * pulses.filter((pulse) => standsOnAnother(pulse, pulses)).length > count;
  if (count === 0) return { count, gain: null, complaint: null, stacked };
  const height = heights[count >> 1]!;
  const agreeing = heights.filter((h) => Math.abs(h / height - 1) < GAIN_SNAP).length;
  if (agreeing < AGREEING_SHARE * count) {
    const listed = heights.map((h) => h.toFixed(1)).join(', ');
    return { count, gain: null, complaint: `The calibration pulses disagree (${listed} mm high)`, stacked };
  }
  const gain = USUAL_GAINS.find((g) => Math.abs(height / g - 1) < GAIN_SNAP) ?? null;
  const complaint = `The calibration pulse is ${height.toFixed(1)} mm high, which is no usual gain`;
  return { count, gain, complaint: gain === null ? complaint : null, stacked };
}

function standsOnAnother(
  { box, heightMm, side }: CalibrationPulse,
  pulses: readonly CalibrationPulse[],
): boolean {
  const near = (STACKED_MM * (box.y1 - box.y0)) / heightMm;
  return pulses.some(
    (other) => other.side === side && other.box !== box && Math.abs(other.box.y0 - box.y1) < near,
  );
}

function weigh(
  printed: number | null,
  rivals: readonly number[],
  pulses: MeasuredPulses,
): { gain: number; gainSource: Layout['gainSource']; trust: number; reasons: Reason[] } {
  const conflict = (message: string): Reason => ({ code: 'gain-conflict', severity: 'warning', message });
  const reasons: Reason[] = [];
  if (rivals.length > 0) {
    reasons.push(conflict(`Two gains are printed (${rivals.join(' and ')} mm/mV), and not for which leads.`));
  }
  const doubt = rivals.length > 0 ? DOUBTED : 1;
  if (printed !== null && pulses.gain !== null && printed !== pulses.gain) {
    const pulseWins = pulses.count >= CONVINCING_PULSES && !pulses.stacked;
    const gain = pulseWins ? pulses.gain : printed;
    reasons.push(
      conflict(
        `The print says ${printed} mm/mV, the calibration pulses say ${pulses.gain} mm/mV; ` +
          `${gain} mm/mV is used. Check the gain.`,
      ),
    );
    return { gain, gainSource: pulseWins ? 'pulse' : 'text', trust: DOUBTED, reasons };
  }
  if (printed !== null) return { gain: printed, gainSource: 'text', trust: 1, reasons };
  if (pulses.gain !== null) return { gain: pulses.gain, gainSource: 'pulse', trust: doubt, reasons };
  if (pulses.complaint !== null) {
    reasons.push(conflict(`${pulses.complaint}; ${DEFAULT_GAIN} mm/mV is assumed. State the gain.`));
  } else {
    const message = `No calibration pulse and no printed gain was found; ${DEFAULT_GAIN} mm/mV is assumed.`;
    reasons.push({ code: 'pulse-missing', severity: 'info', message });
  }
  return { gain: DEFAULT_GAIN, gainSource: 'default', trust: doubt, reasons };
}
