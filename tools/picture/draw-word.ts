import { between, type Rng } from './random-numbers.ts';
import type { WordPicture } from './render-words.ts';

/** Draws a word into a canvas at the given place, scales, shear and turn; dark parts may come out a little weaker. */
export function drawWord(
  canvas: Float32Array,
  width: number,
  height: number,
  word: WordPicture,
  left: number,
  top: number,
  scaleX: number,
  scaleY: number,
  shear: number,
  turn: number,
  rng: Rng,
): void {
  const samples = Math.min(4, Math.max(1, Math.ceil(1 / scaleY)));
  const weight = between(rng, 0.85, 1.15);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let b = 0; b < samples; b++) {
        for (let a = 0; a < samples; a++) {
          const px = x + (a + 0.5) / samples - left;
          const py = y + (b + 0.5) / samples - top;
          const v = Math.floor((py - turn * px) / scaleY);
          const u = Math.floor((px + shear * (py - word.height * scaleY)) / scaleX);
          if (u >= 0 && v >= 0 && u < word.width && v < word.height) sum += word.data[v * word.width + u];
        }
      }
      canvas[y * width + x] = Math.min(1, (weight * sum) / (samples * samples));
    }
  }
}
