import { expect, test } from 'vitest';
import { LEAD_NAMES, type LeadName } from '../../../shared/lead-name.ts';
import { LEAD_COLOURS, LEAD_COLOURS_DARK } from './lead-palette.ts';

type Rgb = readonly [number, number, number];
const PINK_PAPER = '#fbdcdc';
const DARK_SURFACE = '#17181b';
// Vision simulation matrices on linear RGB, Machado et al. 2009, DOI 10.1109/TVCG.2009.113, severity 1.
const SIGHTS: readonly (readonly Rgb[])[] = [
  [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
];

const linear = (hex: string): Rgb => {
  const channel = (at: number): number => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
};
const times = (rows: readonly Rgb[], [x, y, z]: Rgb): Rgb => {
  const [a, b, c] = rows.map((row) => row[0] * x + row[1] * y + row[2] * z);
  return [a!, b!, c!];
};
const luminance = (hex: string): number => times([[0.2126, 0.7152, 0.0722]], linear(hex))[0];
const contrast = (a: string, b: string): number => {
  const [light, dark] = [luminance(a), luminance(b)].sort((p, q) => q - p) as [number, number];
  return (light + 0.05) / (dark + 0.05);
};
/** Oklab of a linear colour, times 100. */
const oklab = (rgb: Rgb): Rgb => {
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb,
  ).map((value) => 100 * Math.cbrt(Math.max(0, value))) as unknown as Rgb;
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones,
  );
};
const distance = (a: LeadName, b: LeadName): number =>
  Math.min(
    ...SIGHTS.map((sight) => {
      const [p, q] = [a, b].map((lead) => oklab(times(sight, linear(LEAD_COLOURS[lead])))) as [Rgb, Rgb];
      return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
    }),
  );

test.each(LEAD_NAMES)('%s stands out from pink paper and from dark surfaces', (lead) => {
  expect(contrast(LEAD_COLOURS[lead], PINK_PAPER)).toBeGreaterThanOrEqual(2.9);
  expect(contrast(LEAD_COLOURS_DARK[lead], DARK_SURFACE)).toBeGreaterThanOrEqual(4.5);
});

test('neighbours on 3x4 and 6x2 prints differ for normal, deuteranope and protanope eyes', () => {
  const grid = [0, 1, 2].map((row) => [0, 3, 6, 9].map((first) => LEAD_NAMES[first + row]!));
  const pairs: [LeadName, LeadName][] = [];
  for (let i = 0; i < 11; i++) pairs.push([LEAD_NAMES[i]!, LEAD_NAMES[i + 1]!]);
  for (let i = 0; i < 6; i++) pairs.push([LEAD_NAMES[i]!, LEAD_NAMES[i + 6]!]);
  for (const row of grid) for (let c = 0; c < 3; c++) pairs.push([row[c]!, row[c + 1]!]);
  for (const [a, b] of pairs) expect(distance(a, b), `${a} and ${b}`).toBeGreaterThan(12);
});
