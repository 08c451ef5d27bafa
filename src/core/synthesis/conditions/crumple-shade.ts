import type { Random } from '../random.ts';
import { createSmoothNoise } from '../smooth-noise.ts';
import type { Crumple } from './page-conditions.ts';

/** Light on crumpled paper at a point of it, around 1. */
export type PaperShade = (xMm: number, yMm: number) => number;

/** Directions in which facets alternate. */
const FOLDS = 10;

/**
 * Shading of paper that was crumpled: a sum of sharp-edged waves in random directions, each bent by smooth noise and
 * strong in some places only. The slope of such a wave is constant on a facet and turns over at its edges, and so
 * does the light.
 */
export function createCrumpleShade({ depth, sizeMm }: Crumple, random: Random): PaperShade {
  const folds = Array.from({ length: FOLDS }, () => {
    const angle = random.uniform(0, Math.PI);
    const k = Math.PI / (sizeMm * Math.exp(random.normal(0.3, 0.35)));
    return {
      kx: k * Math.cos(angle),
      ky: k * Math.sin(angle),
      phase: random.uniform(0, 2 * Math.PI),
      slope: random.uniform(0.25, 0.6) * (random.chance(0.5) ? 1 : -1),
      sharp: random.uniform(3, 20),
      bend: random.uniform(0.1, 0.7),
    };
  });
  const bend = createSmoothNoise(random, sizeMm * 3.1);
  const where = createSmoothNoise(random, sizeMm * 2.9);
  return (x, y) => {
    const turn = 2 * bend(x, y);
    let light = 0;
    for (let k = 0; k < FOLDS; k++) {
      const { kx, ky, phase, slope, sharp, bend: sway } = folds[k]!;
      const wave = sharp * Math.sin(kx * x + ky * y + phase + sway * turn);
      const strength = Math.max(0, 0.2 + where(x + 37 * k, y - 53 * k));
      light += (slope * strength * wave) / (1 + Math.abs(wave));
    }
    return Math.max(0.25, 1 + depth * light);
  };
}
