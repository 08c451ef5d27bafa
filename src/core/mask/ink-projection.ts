import type { Raster } from '../image/raster.ts';
import type { PaperField } from './estimate-paper.ts';
import { solveSymmetric3 } from './solve-symmetric3.ts';

/** Linear measure of ink: `sum(weights[k] * (1 - pixel[k] / paper[k]))` is 0 on paper and 1 under a full stroke. */
export interface InkProjection {
  readonly weights: readonly [number, number, number];
  /** Absorption of the ink per channel, 0..1 of the paper's light. */
  readonly ink: readonly [number, number, number];
}

const LUMA = [0.3, 0.59, 0.11] as const;
/** Variance added to every channel: keeps the weights off the chroma noise of JPEG. */
const RIDGE = 0.02 * 0.02;
const LEAST_ABSORPTION = 0.15;
/** A pixel lies on a stroke, not in a blot or a bar, where so little of its own absorption is left to both sides of it. */
const BESIDE_SHARE = 0.5;
/** Fewest marks whose colour says anything. */
const LEAST_SAMPLE = 8;

/**
 * Finds the colour of the ink and the colour mix that sees ink and nothing else: the constrained energy minimiser
 * (DOI 10.1109/36.298007), which passes the ink's colour with gain 1 and lets the rest of the page (coloured grid,
 * noise) through as little as possible.
 *
 * The ink's colour is that of strokes: bars over what nobody shall read are much darker than a thin pen.
 *
 * @param gridPitchPx spacing of the finest grid lines; pixels near lines are not asked for the ink's colour. 0: no grid
 * @param besidePx distance from the middle of a stroke at which there is paper: a whole number of pitches
 */
export function findInkProjection(
  page: Raster,
  paper: PaperField,
  gridPitchPx: number,
  besidePx: number,
): InkProjection {
  const { data, width, height, channels } = page;
  const stride = Math.max(3, Math.round(Math.sqrt((width * height) / 120000)) | 1);
  const moments = new Float64Array(6);
  const strokes = createInkSample();
  const all = createInkSample();
  const beside = Math.max(1, Math.round(besidePx));
  let count = 0;
  for (let y = stride >> 1; y < height; y += stride) {
    const tileRow = Math.min(paper.rows - 1, Math.floor((y * paper.rows) / height));
    const offRow = !nearLine(y, gridPitchPx);
    for (let x = (y * 7) % stride; x < width; x += stride) {
      const tileColumn = Math.min(paper.columns - 1, Math.floor((x * paper.columns) / width));
      const tile = (tileRow * paper.columns + tileColumn) * channels;
      const pixel = (y * width + x) * channels;
      const d0 = 1 - data[pixel]! / paper.levels[tile]!;
      const d1 = channels === 3 ? 1 - data[pixel + 1]! / paper.levels[tile + 1]! : d0;
      const d2 = channels === 3 ? 1 - data[pixel + 2]! / paper.levels[tile + 2]! : d0;
      moments[0]! += d0 * d0;
      moments[1]! += d0 * d1;
      moments[2]! += d0 * d2;
      moments[3]! += d1 * d1;
      moments[4]! += d1 * d2;
      moments[5]! += d2 * d2;
      count++;
      if (!offRow || nearLine(x, gridPitchPx)) continue;
      const luma = LUMA[0] * d0 + LUMA[1] * d1 + LUMA[2] * d2;
      if (luma < LEAST_ABSORPTION) continue;
      addToSample(all, luma, d0, d1, d2);
      const isPaper = (px: number, py: number): boolean => {
        if (px < 0 || py < 0 || px >= width || py >= height) return true;
        const at = (py * width + px) * channels;
        const e0 = 1 - data[at]! / paper.levels[tile]!;
        const e1 = channels === 3 ? 1 - data[at + 1]! / paper.levels[tile + 1]! : e0;
        const e2 = channels === 3 ? 1 - data[at + 2]! / paper.levels[tile + 2]! : e0;
        return LUMA[0] * e0 + LUMA[1] * e1 + LUMA[2] * e2 < BESIDE_SHARE * luma;
      };
      if (
        (isPaper(x, y - beside) && isPaper(x, y + beside)) ||
        (isPaper(x - beside, y) && isPaper(x + beside, y))
      ) {
        addToSample(strokes, luma, d0, d1, d2);
      }
    }
  }
  const ink = typicalInk(strokes.total < LEAST_SAMPLE ? all : strokes);
  if (channels === 1) return { weights: [1 / ink[0], 0, 0], ink };
  const weights = solveSymmetric3(
    moments[0]! / count + RIDGE,
    moments[1]! / count,
    moments[2]! / count,
    moments[3]! / count + RIDGE,
    moments[4]! / count,
    moments[5]! / count + RIDGE,
    ink,
  );
  const gain = weights[0] * ink[0] + weights[1] * ink[1] + weights[2] * ink[2];
  return { weights: [weights[0] / gain, weights[1] / gain, weights[2] / gain], ink };
}

/** Marks by their darkness, with the sum of their absorptions. */
interface InkSample {
  readonly histogram: Uint32Array;
  readonly sums: Float64Array;
  total: number;
}

function createInkSample(): InkSample {
  return { histogram: new Uint32Array(256), sums: new Float64Array(256 * 3), total: 0 };
}

function addToSample(sample: InkSample, luma: number, d0: number, d1: number, d2: number): void {
  const bin = Math.min(255, Math.floor(luma * 255));
  sample.histogram[bin]!++;
  sample.sums[bin * 3]! += d0;
  sample.sums[bin * 3 + 1]! += d1;
  sample.sums[bin * 3 + 2]! += d2;
  sample.total++;
}

function nearLine(position: number, pitchPx: number): boolean {
  if (pitchPx < 5) return false;
  const phase = position / pitchPx - Math.round(position / pitchPx);
  return Math.abs(phase) * pitchPx < 0.28 * pitchPx;
}

/** Mean colour of the darkest marks but for the outermost: soft edges of strokes stay out. */
function typicalInk({ histogram, sums, total }: InkSample): [number, number, number] {
  if (total < LEAST_SAMPLE) return [0.8, 0.8, 0.8];
  let left = total * 0.02;
  let top = 255;
  while (top > 0 && (left -= histogram[top]!) > 0) top--;
  const from = Math.floor(top * 0.92);
  let n = 0;
  const mean: [number, number, number] = [0, 0, 0];
  for (let bin = from; bin < 256; bin++) {
    n += histogram[bin]!;
    for (let k = 0; k < 3; k++) mean[k]! += sums[bin * 3 + k]!;
  }
  return [mean[0] / n, mean[1] / n, mean[2] / n];
}
