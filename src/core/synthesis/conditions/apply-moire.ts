import type { Box, Raster } from '../../image/raster.ts';
import type { Random } from '../random.ts';

const TABLE = 1024;

/**
 * The stripes between the pixels of a screen and those of a camera, on a part of a picture, in place: two bent waves
 * whose phase differs between red, green and blue. RGB.
 *
 * @param depth contrast of the stripes, 0..0.3
 */
export function applyMoire(picture: Raster, frame: Box, depth: number, random: Random): void {
  const wave = Float32Array.from(
    { length: TABLE },
    (_, k) => 1 + 0.5 * depth * (Math.sin((2 * Math.PI * k) / TABLE) - 1),
  );
  const { data, width, height } = picture;
  const stripes = [0, 1].map((k) => {
    const angle = (k * Math.PI) / 2 + random.normal(0, 0.3);
    const period = random.uniform(2.2, 30);
    return {
      kx: (TABLE * Math.cos(angle)) / period,
      ky: (TABLE * Math.sin(angle)) / period,
      bend: (TABLE * random.uniform(-1, 1)) / (period * 3000),
      fringe: TABLE * random.uniform(0, 0.35),
    };
  });
  for (const { kx, ky, bend, fringe } of stripes) {
    for (let y = 0; y < height; y++) {
      const v = y + frame.y0;
      let p = y * width * 3;
      for (let x = 0; x < width; x++, p += 3) {
        const u = x + frame.x0;
        const phase = kx * u + ky * v + bend * (u * u + v * v) * 0.5;
        data[p] = data[p]! * wave[phase & (TABLE - 1)]!;
        data[p + 1] = data[p + 1]! * wave[(phase + fringe) & (TABLE - 1)]!;
        data[p + 2] = data[p + 2]! * wave[(phase + 2 * fringe) & (TABLE - 1)]!;
      }
    }
  }
}
