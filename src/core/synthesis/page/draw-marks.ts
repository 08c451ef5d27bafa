import type { BoxMm, DrawnPulse } from './page-drawing.ts';
import type { ResolvedPageOptions } from './page-options.ts';
import type { Stroke } from './text-strokes.ts';

const FOOT_MM = 1.5;
const GAP_MM = 1;
/** Paper a calibration pulse takes beside its top: its two feet and the gap to the trace. */
export const PULSE_ROOM_MM = 2 * FOOT_MM + GAP_MM;

/** The calibration pulse of a row: 0.2 s wide, 1 mV high, beside the `edge` of the trace. Millimetres. */
export function drawPulse(
  row: number,
  side: 'left' | 'right',
  edge: number,
  baselineY: number,
  options: ResolvedPageOptions,
): DrawnPulse {
  const width = 0.2 * options.speedMmPerSecond;
  const height = options.gainMmPerMillivolt;
  const start = side === 'left' ? edge - GAP_MM - 2 * FOOT_MM - width : edge + GAP_MM;
  const rise = start + FOOT_MM;
  const fall = rise + width;
  const end = fall + FOOT_MM;
  const topY = baselineY - height;
  const corners = [
    start,
    baselineY,
    rise,
    baselineY,
    rise,
    topY,
    fall,
    topY,
    fall,
    baselineY,
    end,
    baselineY,
  ];
  return {
    row,
    side,
    box: { x0: rise, y0: topY, x1: fall, y1: baselineY },
    stroke: Float32Array.from(corners),
  };
}

/** The mark between two columns at `x`: one bar across the base line, or a dash above and one below it. */
export function drawSeparator(
  x: number,
  baselineY: number,
  options: ResolvedPageOptions,
): { box: BoxMm; strokes: Stroke[] } {
  const reach = 5;
  const line = (from: number, to: number) => Float32Array.from([x, baselineY + from, x, baselineY + to]);
  return {
    box: { x0: x - 0.2, y0: baselineY - reach, x1: x + 0.2, y1: baselineY + reach },
    strokes:
      options.separators === 'double-dash' ? [line(-reach, -2.5), line(2.5, reach)] : [line(-reach, reach)],
  };
}
