import type { Box, Raster } from '../../image/raster.ts';
import type { Random } from '../random.ts';
import { sampleField } from '../sample-field.ts';
import { createSmoothNoise } from '../smooth-noise.ts';
import type { PageConditions } from './page-conditions.ts';

const NODE_PX = 16;

/**
 * Light that comes from one side, a shadow with a clear edge and reflections, on a part of a picture, in place. RGB.
 *
 * @param frame the part in pixels of the whole picture, whose size is `full`
 */
export function applyLamp(
  picture: Raster,
  frame: Box,
  full: { readonly width: number; readonly height: number },
  conditions: PageConditions,
  random: Random,
): void {
  const { gradient = 0, hardShadow = 0, glare } = conditions;
  const { data, width, height } = picture;
  if (gradient > 0 || hardShadow > 0) {
    const factor = lightField(full, gradient, hardShadow, random.fork('shade'));
    sampleField(
      { width, height, stepPx: NODE_PX },
      (x, y) => factor(x + frame.x0, y + frame.y0),
      (y, row) => {
        for (let x = 0, p = y * width * 3; x < width; x++, p += 3) {
          const f = row[x]!;
          data[p] = data[p]! * f + 0.5;
          data[p + 1] = data[p + 1]! * f + 0.5;
          data[p + 2] = data[p + 2]! * f + 0.5;
        }
      },
    );
  }
  if (!glare || glare.spots === 0) return;
  const shine = glareField(full, glare, random.fork('glare'));
  sampleField(
    { width, height, stepPx: NODE_PX },
    (x, y) => shine(x + frame.x0, y + frame.y0),
    (y, row) => {
      for (let x = 0, p = y * width * 3; x < width; x++, p += 3) {
        const add = row[x]!;
        if (add < 0.5) continue;
        for (let c = p; c < p + 3; c++) data[c] = Math.min(255, data[c]! + add);
      }
    },
  );
}

type Field = (x: number, y: number) => number;

function lightField(
  { width, height }: { readonly width: number; readonly height: number },
  gradient: number,
  hardShadow: number,
  random: Random,
): Field {
  const size = Math.hypot(width, height);
  const angle = random.uniform(0, 2 * Math.PI);
  const bend = random.uniform(0.7, 1.6);
  const edgeAngle = random.uniform(0, 2 * Math.PI);
  const edge = random.uniform(-0.25, 0.35) * size;
  const soft = random.uniform(0.003, 0.02) * size;
  const outline = createSmoothNoise(random, random.uniform(0.15, 0.5) * size);
  const swing = random.uniform(0.02, 0.15) * size;
  return (x, y) => {
    const u = x - width / 2;
    const v = y - height / 2;
    const along = 0.5 + (u * Math.cos(angle) + v * Math.sin(angle)) / size;
    const fall = 1 - gradient * Math.max(0, Math.min(1, along)) ** bend;
    if (hardShadow === 0) return fall;
    const across = u * Math.cos(edgeAngle) + v * Math.sin(edgeAngle) - edge + swing * outline(x, y);
    return fall * (1 - hardShadow / (1 + Math.exp(-across / soft)));
  };
}

function glareField(
  { width, height }: { readonly width: number; readonly height: number },
  { spots, strength }: { readonly spots: number; readonly strength: number },
  random: Random,
): Field {
  const lamps = Array.from({ length: spots }, () => {
    const angle = random.uniform(0, Math.PI);
    const radius = random.uniform(0.03, 0.25) * Math.max(width, height);
    const oblong = random.uniform(1, 5);
    return {
      x: random.uniform(0, width),
      y: random.uniform(0, height),
      ax: Math.cos(angle) / (radius * oblong),
      ay: Math.sin(angle) / (radius * oblong),
      bx: -Math.sin(angle) / radius,
      by: Math.cos(angle) / radius,
      height: strength * random.uniform(0.5, 1),
    };
  });
  return (x, y) => {
    let sum = 0;
    for (const lamp of lamps) {
      const u = (x - lamp.x) * lamp.ax + (y - lamp.y) * lamp.ay;
      const v = (x - lamp.x) * lamp.bx + (y - lamp.y) * lamp.by;
      sum += lamp.height * Math.exp(-0.5 * (u * u + v * v));
    }
    return sum;
  };
}
