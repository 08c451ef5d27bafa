import type { BoxMm, DrawnPulse } from './page-drawing.ts';
import type { ResolvedPageOptions } from './page-options.ts';
import type { Stroke } from './text-strokes.ts';

/** Paper that a calibration pulse and its distance to the trace take, millimetres. */
export function pulseRoomMm({ pulseStyle: style, speedMmPerSecond }: ResolvedPageOptions): number {
  const steps = style.halfStep ? 2 : 1;
  return 2 * style.footMm + style.gapMm + steps * style.widthSeconds * speedMmPerSecond;
}

/** The calibration pulse of a row: 1 mV high, beside the `edge` of the trace. Millimetres. */
export function drawPulse(
  row: number,
  side: 'left' | 'right',
  edge: number,
  baselineY: number,
  options: ResolvedPageOptions,
): DrawnPulse {
  const { footMm, gapMm, widthSeconds, halfStep } = options.pulseStyle;
  const width = widthSeconds * options.speedMmPerSecond;
  const height = options.gainMmPerMillivolt;
  const steps = halfStep ? 2 : 1;
  const start = side === 'left' ? edge - gapMm - 2 * footMm - steps * width : edge + gapMm;
  const rise = start + footMm;
  const fall = rise + width;
  const topY = baselineY - height;
  const corners = [start, baselineY, rise, baselineY, rise, topY, fall, topY];
  if (halfStep) {
    const half = baselineY - height / 2;
    corners.push(fall, half, fall + width, half, fall + width, baselineY);
  } else {
    corners.push(fall, baselineY);
  }
  corners.push(corners.at(-2)! + footMm, baselineY);
  return {
    row,
    side,
    box: { x0: rise, y0: topY, x1: fall, y1: baselineY },
    stroke: Float32Array.from(corners),
  };
}

/** The mark between two columns at `x`, see `SeparatorKind`; `pitch` is the distance of the rows. */
export function drawSeparator(
  x: number,
  baselineY: number,
  pitch: number,
  options: ResolvedPageOptions,
): { box: BoxMm; strokes: Stroke[] } {
  const line = (from: number, to: number) => Float32Array.from([x, baselineY + from, x, baselineY + to]);
  const mark = (from: number, to: number, strokes: Stroke[]) => ({
    box: { x0: x - 0.2, y0: baselineY + from, x1: x + 0.2, y1: baselineY + to },
    strokes,
  });
  const reach = 5;
  if (options.separators === 'double-dash') {
    return mark(-reach, reach, [line(-reach, -2.5), line(2.5, reach)]);
  }
  if (options.separators === 'tick')
    return mark(-pitch / 2, 2 - pitch / 2, [line(-pitch / 2, 2 - pitch / 2)]);
  if (options.separators === 'dotted') {
    const dots: Stroke[] = [];
    for (let y = -pitch / 2; y < pitch / 2; y += 0.8) dots.push(line(y, y + 0.15));
    return mark(-pitch / 2, pitch / 2, dots);
  }
  return mark(-reach, reach, [line(-reach, reach)]);
}
