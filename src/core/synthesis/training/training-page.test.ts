import { describe, expect, it } from 'vitest';
import { simulateEcg } from '../ecg/simulate-ecg.ts';
import { randomEcg } from '../ecg/random-ecg.ts';
import { createRandom } from '../random.ts';
import { SYNTH_PRESETS } from '../random-page/synth-preset.ts';
import { renderTrainingPage } from './training-page.ts';
import { SEGMENT_CLASSES } from '../../mask/segment-classes.ts';

const random = createRandom(4);
const ecg = simulateEcg(randomEcg(random, 'normal'), { seconds: 10, fs: 500, random });
const source = { signals: ecg.leads, fs: 500 };
const crop = { widthPx: 320, heightPx: 256 };

/** Mean gray level where a plane is full and mean where every plane is empty, paper only. */
function levels(
  page: ReturnType<typeof renderTrainingPage>,
  plane: Uint8Array,
): [ink: number, paper: number] {
  let [ink, inks, paper, papers] = [0, 0, 0, 0];
  for (let i = 0; i < plane.length; i++) {
    if (page.weight[i] === 0) continue;
    const gray = (page.raster.data[3 * i]! + page.raster.data[3 * i + 1]! + page.raster.data[3 * i + 2]!) / 3;
    if (plane[i]! > 200) {
      ink += gray;
      inks++;
    } else if (page.targets.every((target) => target[i] === 0)) {
      paper += gray;
      papers++;
    }
  }
  return [ink / inks, paper / papers];
}

/** The shift of the trace's target, in whole pixels, under which it covers the darkest pixels. */
function darkestShift({ raster, targets }: ReturnType<typeof renderTrainingPage>): [number, number] {
  const { width, height, data } = raster;
  let [best, lightest] = [[9, 9] as [number, number], Infinity];
  for (let dy = -2; dy <= 2; dy++) {
    for (let dx = -2; dx <= 2; dx++) {
      let sum = 0;
      for (let y = 2; y < height - 2; y++) {
        for (let x = 2; x < width - 2; x++) {
          const share = targets[0]![y * width + x]!;
          if (share > 0) sum += share * data[3 * ((y + dy) * width + x + dx) + 1]!;
        }
      }
      if (sum < lightest) [best, lightest] = [[dx, dy], sum];
    }
  }
  return best;
}

describe('renderTrainingPage', () => {
  it.each(SYNTH_PRESETS)('%s: planes as large as the part, the same every time', (preset) => {
    const page = renderTrainingPage(source, { seed: 11, preset, crop });
    expect([page.raster.width, page.raster.height, page.raster.channels]).toEqual([320, 256, 3]);
    expect(page.targets).toHaveLength(SEGMENT_CLASSES.length);
    for (const plane of [...page.targets, page.weight]) expect(plane).toHaveLength(320 * 256);
    expect(page.pxPerMm).toBeGreaterThanOrEqual(6);
    expect(page.pxPerMm).toBeLessThanOrEqual(12);
    expect(page.pxPerMm * 5).toBeCloseTo(Math.round(page.pxPerMm * 5), 9);
    const again = renderTrainingPage(source, { seed: 11, preset, crop });
    const planes = ({ raster, targets, weight }: typeof page) =>
      Buffer.concat([raster.data, ...targets, weight]);
    expect(planes(again).equals(planes(page))).toBe(true);
  });

  it.each([2, 5, 6, 7, 9])('lays the targets on the ink, seed %i', (seed) => {
    const page = renderTrainingPage(source, { seed, preset: seed % 2 ? 'scan' : 'photo', crop });
    const [ink, paper] = levels(page, page.targets[0]!);
    expect(paper - ink).toBeGreaterThan(15);
    expect(darkestShift(page)).toEqual([0, 0]);
  });

  it('puts strong grid lines on whole steps of five millimetres', () => {
    const page = renderTrainingPage(source, {
      seed: 5,
      preset: 'clean',
      crop: { widthPx: 4000, heightPx: 300 },
    });
    const grid = page.targets[3]!;
    const { width, height } = page.raster;
    const step = Math.round(page.pxPerMm * 5);
    const share = (offset: number) => {
      let sum = 0;
      for (let y = 0; y < height; y++) for (let x = offset; x < width; x += step) sum += grid[y * width + x]!;
      return sum;
    };
    const shares = Array.from({ length: step }, (_, offset) => share(offset));
    const sorted = [...shares].sort((p, q) => q - p);
    expect(sorted[0]! / sorted[step >> 1]!).toBeGreaterThan(1.5);
  });

  it('marks what is not paper', () => {
    const small = { widthPx: 160, heightPx: 160 };
    const shares = Array.from({ length: 24 }, (_, seed) => {
      const { weight } = renderTrainingPage(source, { seed, preset: 'photo', crop: small });
      return weight.reduce((sum, value) => sum + value, 0) / (255 * weight.length);
    });
    expect(shares.filter((share) => share === 1).length).toBeGreaterThan(6);
    expect(shares.some((share) => share < 0.97)).toBe(true);
  });
});
