import { boxMean } from '../image/box-mean.ts';
import type { FloatRaster } from '../image/raster.ts';

/** Grey levels below which a deviation from the paper is taken for sensor noise or JPEG dust rather than print. */
const QUIET_LEVELS = 1.5;
/** Evidence is cut at this many local mean deviations, so that black pen ink weighs no more than a strong grid line. */
const CLIP = 2.5;

/**
 * How much darker than its surroundings every pixel is, in units of the local contrast and clipped to +-`2.5`: uneven
 * light, shadows and paper colour divide out, and a black trace counts hardly more than a pale grid line.
 *
 * `plane` holds 0..255; `radius` (pixels) is the half-width of the neighbourhood and should span a major period or so.
 */
export function lineEvidence(plane: FloatRaster, radius: number): FloatRaster {
  const { data, width, height } = plane;
  const mean = boxMean(plane, radius).data;
  const deviation = new Float32Array(data.length);
  for (let at = 0; at < data.length; at++) {
    deviation[at] = Math.min(60, Math.abs((mean[at] as number) - (data[at] as number)));
  }
  const contrast = boxMean({ data: deviation, width, height }, radius).data;
  const out = new Float32Array(data.length);
  for (let at = 0; at < data.length; at++) {
    const value = ((mean[at] as number) - (data[at] as number)) / ((contrast[at] as number) + QUIET_LEVELS);
    out[at] = value > CLIP ? CLIP : value < -CLIP ? -CLIP : value;
  }
  return { data: out, width, height };
}
