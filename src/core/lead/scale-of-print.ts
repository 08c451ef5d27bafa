import type { Layout, LayoutKind } from './layout.ts';
import { ascending } from '../../shared/ascending.ts';

/** Usual seconds of a column. */
const USUAL_SECONDS: Partial<Record<LayoutKind, number>> = {
  '3x4': 2.5,
  '3x4+1': 2.5,
  '3x4+2': 2.5,
  '3x4+3': 2.5,
  '6x2': 5,
  '6x2+1': 5,
  '12x1': 10,
  '6x1': 10,
  '3x1': 10,
};
const USUAL_SPEED = 25;
const PULSE_SECONDS = 0.2;
const USUAL_GAINS = [5, 10, 20];
/** How near a pulse's height must come to a usual gain. */
const GAIN_SNAP = 0.15;
/** The same for heights that shall confirm the length of columns. */
const HEIGHT_SNAP = 0.04;
/** Columns and pulses that agree to this support each other. */
const AGREE = 0.08;
/** So many pulses outweigh columns, which may be of an unusual length. */
const CONVINCING_PULSES = 2;
/** No print is this far from what was assumed. */
const MOST = 2.5;

/**
 * The scale of a page without a grid, in pixels per mm, from what is printed on it: columns of the usual length and
 * calibration pulses of 0.2 s, at the printed speed or 25 mm/s. The columns are the longer measure, pulses tell whether
 * theirs is the usual length. Null where neither says anything.
 *
 * @param canonicalPxPerMm of the layout's pixels
 * @param assumedPxPerMm pixels of the picture that were taken for a mm
 */
export function scaleOfPrint(
  layout: Layout,
  canonicalPxPerMm: number,
  assumedPxPerMm: number,
): number | null {
  const speed = layout.speedSource === 'text' ? layout.speedMmPerSecond : USUAL_SPEED;
  const columns = factorOfColumns(layout, speed, canonicalPxPerMm);
  const pulses = factorOfPulses(layout, speed);
  const agree = columns !== null && pulses !== null && Math.abs(columns / pulses - 1) < AGREE;
  // Pulses of another width than usual exist; where their height sides with the columns, theirs is one.
  const height = middle(layout.pulses.map(({ heightMm }) => heightMm));
  const sided = columns !== null && height !== null && isUsualGain(height / columns, HEIGHT_SNAP);
  const usePulses = !agree && !sided && layout.pulses.length >= CONVINCING_PULSES && pulses !== null;
  const factor = usePulses ? pulses : (columns ?? pulses);
  if (factor === null || factor > MOST || factor < 1 / MOST) return null;
  return assumedPxPerMm * factor;
}

function factorOfColumns({ kind, cells }: Layout, speed: number, pxPerMm: number): number | null {
  const usual = USUAL_SECONDS[kind];
  const widthPx = middle(cells.filter(({ role }) => role === 'lead').map(({ x0, x1 }) => x1 - x0));
  if (usual === undefined || widthPx === null) return null;
  const factor = widthPx / pxPerMm / (usual * speed);
  // Fast paper often shows half as long: what was assumed of its size tells.
  const half = speed > USUAL_SPEED ? 2 * factor : factor;
  return Math.abs(Math.log(half)) < Math.abs(Math.log(factor)) ? half : factor;
}

function factorOfPulses({ pulses }: Layout, speed: number): number | null {
  const width = middle(pulses.map(({ widthMm }) => widthMm));
  const height = middle(pulses.map(({ heightMm }) => heightMm));
  if (width === null || height === null) return null;
  const factor = width / (PULSE_SECONDS * speed);
  return isUsualGain(height / factor, GAIN_SNAP) ? factor : null;
}

function isUsualGain(gain: number, snap: number): boolean {
  return USUAL_GAINS.some((usual) => Math.abs(gain / usual - 1) < snap);
}

function middle(values: number[]): number | null {
  values.sort(ascending);
  return values.length > 0 ? values[values.length >> 1]! : null;
}
