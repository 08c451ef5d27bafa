import type { Random } from '../random.ts';
import { createSmoothNoise } from '../smooth-noise.ts';
import type { Crumple } from './page-conditions.ts';

/** Light on crumpled paper at a point of it, around 1. */
export type PaperShade = (xMm: number, yMm: number) => number;

/** Directions in which facets alternate. */
const FOLDS = 8;

/**
 * Shading of paper that was crumpled into a ball: half of it facets of all shapes, each tilted its own way, half of it
 * long ridges across each other.
 */
export function createCrumpleShade({ depth, sizeMm }: Crumple, random: Random): PaperShade {
  const large = createFacets(random.fork('large'), sizeMm * 1.6);
  const small = createFacets(random.fork('small'), sizeMm * 0.7);
  const ridges = createRidges(random.fork('ridges'), sizeMm);
  const share = random.uniform(0.2, 0.8);
  return (x, y) => {
    const light = share * (0.7 * large(x, y) + 0.4 * small(x, y)) + (1 - share) * ridges(x, y);
    return Math.max(0.25, 1 + depth * light);
  };
}

/**
 * Cells around scattered points (Worley 1996, DOI 10.1145/237170.237267), stretched and bent; within a cell the light
 * changes linearly, at its edges it jumps.
 */
function createFacets(random: Random, sizeMm: number): PaperShade {
  const values = Float32Array.from({ length: 256 * 5 }, () => random.uniform(-1, 1));
  const order = Uint8Array.from({ length: 256 }, () => random.integer(0, 255));
  const angle = random.uniform(0, Math.PI);
  const stretch = random.uniform(1, 2.2);
  const [cos, sin] = [Math.cos(angle) / sizeMm, Math.sin(angle) / sizeMm];
  const bendX = createSmoothNoise(random, sizeMm * 1.2);
  const bendY = createSmoothNoise(random, sizeMm * 1.2);
  return (x, y) => {
    const u = (cos * x + sin * y) / stretch + 0.25 * bendX(x, y);
    const v = (cos * y - sin * x) * stretch + 0.25 * bendY(x, y);
    const i = Math.floor(u);
    const j = Math.floor(v);
    let nearest = Infinity;
    let light = 0;
    for (let dj = -1; dj <= 1; dj++) {
      for (let di = -1; di <= 1; di++) {
        const cell = 5 * order[(order[(i + di) & 255]! + j + dj) & 255]!;
        const du = u - i - di - 0.5 - 0.45 * values[cell]!;
        const dv = v - j - dj - 0.5 - 0.45 * values[cell + 1]!;
        const distance = du * du + dv * dv;
        if (distance >= nearest) continue;
        nearest = distance;
        light = 0.7 * values[cell + 2]! + 0.6 * (values[cell + 3]! * du + values[cell + 4]! * dv);
      }
    }
    return light;
  };
}

/**
 * A sum of sharp-edged waves in random directions, bent a little and stronger in some places than in others: the slope
 * of such a wave is constant between its edges, and so is the light.
 */
function createRidges(random: Random, sizeMm: number): PaperShade {
  const folds = Array.from({ length: FOLDS }, () => {
    const angle = random.uniform(0, Math.PI);
    const k = Math.PI / (sizeMm * Math.exp(random.normal(0.3, 0.35)));
    return {
      kx: k * Math.cos(angle),
      ky: k * Math.sin(angle),
      phase: random.uniform(0, 2 * Math.PI),
      slope: random.uniform(0.2, 0.5) * (random.chance(0.5) ? 1 : -1),
      sharp: random.uniform(3, 20),
      bend: random.uniform(0.1, 1.4),
    };
  });
  const bend = createSmoothNoise(random, sizeMm * 3.1);
  const where = createSmoothNoise(random, sizeMm * 2.9);
  return (x, y) => {
    const turn = bend(x, y);
    let light = 0;
    for (let k = 0; k < FOLDS; k++) {
      const { kx, ky, phase, slope, sharp, bend: sway } = folds[k]!;
      const wave = sharp * Math.sin(kx * x + ky * y + phase + sway * turn);
      const strength = Math.max(0, 0.45 + 0.9 * where(x + 37 * k, y - 53 * k));
      light += (slope * strength * wave) / (1 + Math.abs(wave));
    }
    return light;
  };
}
