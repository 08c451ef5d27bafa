import type { Raster } from '../../image/raster.ts';
import type { Random } from '../random.ts';
import { gaussianBlur } from './gaussian-blur.ts';
import { jpegArtefacts } from './jpeg-artefacts.ts';
import { motionBlur } from './motion-blur.ts';
import type { PageConditions } from './page-conditions.ts';
import { sharpenEdges } from './sharpen-edges.ts';
import { toBilevel } from './to-bilevel.ts';
import { addChromaNoise } from './chroma-noise.ts';

/** Length of the table of noise values that is drawn from. */
const NOISE_TABLE = 1 << 16;

/**
 * What optics, sensor and file format do to a picture: blur, sharpening, noise, tone curve, block artefacts, fewer
 * colours. Returns a new raster where sizes or channels change, else works in place.
 */
export function applySensor(picture: Raster, conditions: PageConditions, random: Random): Raster {
  const { blurPx = 0, motionPx = 0, sharpen = 0, noise = 0, chromaNoise = 0 } = conditions;
  const { gamma = 1, levels = [0, 255], jpegQuality, colours = 'rgb', threshold = 170 } = conditions;
  let result = blurPx > 0 ? gaussianBlur(picture, blurPx) : picture;
  if (motionPx > 0) result = motionBlur(result, motionPx, random.fork('motion').uniform(0, Math.PI));
  if (sharpen > 0) result = sharpenEdges(result, sharpen);
  if (chromaNoise > 0 && colours === 'rgb') addChromaNoise(result, chromaNoise, random.fork('chroma'));
  if (colours !== 'rgb') result = toGray(result);
  if (noise > 0) addNoise(result, noise, random);
  if (gamma !== 1 || levels[0] !== 0 || levels[1] !== 255) {
    const [black, white] = levels;
    const curve = Uint8Array.from({ length: 256 }, (_, v) => {
      const share = Math.min(1, Math.max(0, (v - black) / (white - black)));
      return Math.round(255 * share ** gamma);
    });
    for (let i = 0; i < result.data.length; i++) result.data[i] = curve[result.data[i]!]!;
  }
  if (jpegQuality !== undefined) jpegArtefacts(result, jpegQuality);
  if (colours === 'bilevel') toBilevel(result, threshold, conditions.bilevel ?? 'fixed');
  return result;
}

function toGray({ data, width, height }: Raster): Raster {
  const gray = new Uint8Array(width * height);
  for (let i = 0, p = 0; i < gray.length; i++, p += 3) {
    gray[i] = 0.299 * data[p]! + 0.587 * data[p + 1]! + 0.114 * data[p + 2]! + 0.5;
  }
  return { data: gray, width, height, channels: 1 };
}

function addNoise(picture: Raster, deviation: number, random: Random): void {
  const table = Float32Array.from({ length: NOISE_TABLE }, () => random.normal(0, deviation));
  const { data } = picture;
  let state = random.integer(1, 0x7fffffff);
  for (let i = 0; i < data.length; i++) {
    // xorshift32 picks from the table: a fresh normal deviate per byte would cost ten times as much.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const value = data[i]! + table[state & (NOISE_TABLE - 1)]! + 0.5;
    data[i] = value < 0 ? 0 : value > 255 ? 255 : value;
  }
}
