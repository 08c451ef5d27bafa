import { describe, expect, test } from 'vitest';
import { createRandom, type Random } from '../../../core/synthesis/random.ts';
import { copyAugmented } from './copy-augmented.ts';
import { cutPatches, type PatchSource } from './cut-patches.ts';
import { patchBytes } from './patch-layout.ts';

const AREA = 16;

/** A page of 40 x 30 whose colours tell their place, with one column of trace. */
function page(): PatchSource {
  const [width, height] = [40, 30];
  const plane = (at: (x: number, y: number) => number) =>
    Uint8Array.from({ length: width * height }, (_, k) => at(k % width, Math.floor(k / width)));
  const data = new Uint8Array(width * height * 3);
  for (let k = 0; k < width * height; k++) data.set([k % width, Math.floor(k / width), 7], 3 * k);
  return {
    raster: { data, width, height, channels: 3 },
    targets: [plane((x) => (x === 33 ? 255 : 0)), plane((x) => x), plane((_, y) => y), plane(() => 9)],
    weights: [plane((x, y) => x + y)],
  };
}

describe('cutPatches', () => {
  test('cuts picture, targets and weight at the same place', () => {
    const patches = cutPatches(page(), createRandom(1), { count: 20, patchPx: 4, focus: [] });
    expect(patches).toHaveLength(20 * patchBytes(4, 4));
    const corners = new Set<string>();
    for (let start = 0; start < patches.length; start += patchBytes(4, 4)) {
      const plane = (index: number) => patches.subarray(start + index * AREA, start + (index + 1) * AREA);
      const [red, green] = [plane(0), plane(1)];
      expect(plane(4)).toEqual(red);
      expect(plane(5)).toEqual(green);
      expect(plane(3)).toEqual(red.map((x) => (x === 33 ? 255 : 0)));
      expect(plane(7)).toEqual(red.map((x, k) => x + green[k]!));
      expect([red[3], green[12]]).toEqual([red[0]! + 3, green[0]! + 3]);
      corners.add(`${red[0]} ${green[0]}`);
    }
    expect(corners.size).toBeGreaterThan(15);
  });

  test('lies over ink of a class when asked to, anywhere where there is none', () => {
    const shown = (share: number) => {
      const patches = cutPatches(page(), createRandom(2), { count: 200, patchPx: 4, focus: [share] });
      let count = 0;
      for (let start = 3 * AREA; start < patches.length; start += patchBytes(4, 4)) {
        if (patches.subarray(start, start + AREA).includes(255)) count++;
      }
      return count / 200;
    };
    expect(shown(0)).toBeLessThan(0.25);
    expect(shown(0.5)).toBeGreaterThan(0.45);
    expect(shown(0.5)).toBeLessThan(0.7);
    expect(shown(1)).toBe(1);
  });
});

describe('copyAugmented', () => {
  const patch = cutPatches(page(), createRandom(1), { count: 1, patchPx: 4, focus: [] });
  const augment = (random: Random, colourJitter: number) => {
    const batch = {
      image: new Uint8Array(2 * 3 * AREA),
      target: new Uint8Array(2 * 4 * AREA),
      weight: new Uint8Array(2 * AREA),
    };
    copyAugmented(patch, batch, 1, random, { patchPx: 4, classes: 4, colourJitter });
    return batch;
  };

  test('mirrors picture, targets and weight alike, into its own place', () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 40; seed++) {
      const { image, target, weight } = augment(createRandom(seed), 0);
      const red = image.subarray(3 * AREA, 4 * AREA);
      expect(image.subarray(0, 3 * AREA).every((value) => value === 0)).toBe(true);
      expect(target.subarray(5 * AREA, 6 * AREA)).toEqual(red);
      expect(weight.subarray(AREA)).toEqual(red.map((x, k) => x + image[4 * AREA + k]!));
      expect(red.toSorted()).toEqual(patch.subarray(0, AREA).toSorted());
      seen.add(`${red[0]! < red[3]!} ${image[4 * AREA]! < image[4 * AREA + 12]!}`);
    }
    expect(seen.size).toBe(4);
  });

  test('changes the colours of the picture alone', () => {
    const { image, target } = augment(createRandom(1), 0.5);
    expect(image.subarray(3 * AREA, 4 * AREA).toSorted()).not.toEqual(patch.subarray(0, AREA).toSorted());
    expect(target.subarray(7 * AREA)).toEqual(new Uint8Array(AREA).fill(9));
  });
});
