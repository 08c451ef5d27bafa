import type { Box, Raster } from '../../image/raster.ts';
import type { Random } from '../random.ts';
import type { PageConditions } from './page-conditions.ts';

/** Pixels between the points where the light is computed. */
const NODE_PX = 32;

/**
 * Uneven light on a part of a picture, in place: a soft-edged shadow, darker corners, the colour of the lamp. RGB.
 *
 * @param frame the part in pixels of the whole picture, whose size is `full`
 */
export function applyLight(
  picture: Raster,
  frame: Box,
  full: { readonly width: number; readonly height: number },
  conditions: PageConditions,
  random: Random,
): void {
  const { shadow = 0, vignette = 0, light = [255, 255, 255] } = conditions;
  if (shadow === 0 && vignette === 0 && light.every((value) => value === 255)) return;
  const { data, width, height } = picture;
  const field = createField(full.width, full.height, shadow, vignette, random);
  const [r, g, b] = light.map((value) => value / 255) as [number, number, number];
  const columns = Math.ceil(width / NODE_PX) + 1;
  const node = new Float64Array(columns);
  const next = new Float64Array(columns);
  for (let y = 0; y < height; y++) {
    const t = (y % NODE_PX) / NODE_PX;
    if (t === 0) {
      for (let i = 0; i < columns; i++) {
        node[i] = field(frame.x0 + i * NODE_PX, frame.y0 + y);
        next[i] = field(frame.x0 + i * NODE_PX, frame.y0 + y + NODE_PX);
      }
    }
    for (let x = 0; x < width; x++) {
      const i = Math.floor(x / NODE_PX);
      const f = x / NODE_PX - i;
      const a = node[i]! + (next[i]! - node[i]!) * t;
      const z = node[i + 1]! + (next[i + 1]! - node[i + 1]!) * t;
      const factor = a + (z - a) * f;
      const p = (y * width + x) * 3;
      data[p] = data[p]! * factor * r + 0.5;
      data[p + 1] = data[p + 1]! * factor * g + 0.5;
      data[p + 2] = data[p + 2]! * factor * b + 0.5;
    }
  }
}

/** Light that reaches each pixel, 0..1. */
function createField(
  width: number,
  height: number,
  shadow: number,
  vignette: number,
  random: Random,
): (x: number, y: number) => number {
  const size = Math.hypot(width, height);
  const angle = random.uniform(0, 2 * Math.PI);
  const [nx, ny] = [Math.cos(angle), Math.sin(angle)];
  const offset = random.uniform(-0.15, 0.2) * size;
  const softness = random.uniform(0.03, 0.12) * size;
  const sway = random.uniform(0.02, 0.06) * size;
  const turns = (random.uniform(1, 2.5) * 2 * Math.PI) / size;
  return (x, y) => {
    const u = x - width / 2;
    const v = y - height / 2;
    const across = nx * u + ny * v - offset + sway * Math.sin(turns * (ny * u - nx * v));
    const shaded = shadow / (1 + Math.exp(-across / (0.35 * softness)));
    const corner = (4 * (u * u + v * v)) / (size * size);
    return (1 - shaded) * (1 - vignette * corner);
  };
}
