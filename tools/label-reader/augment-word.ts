import { normaliseWord } from '../../src/core/lead/normalise-word.ts';
import { blurPicture } from '../picture/blur-picture.ts';
import { damage, drawBar, drawTrace } from '../picture/draw-clutter.ts';
import { drawWord } from '../picture/draw-word.ts';
import { between, gaussian, type Rng } from '../picture/random-numbers.ts';
import type { WordPicture } from '../picture/render-words.ts';
import { tightBox } from '../picture/tight-box.ts';

/**
 * One training picture: the word at the size, slant, blur and damage of a scan, in half of the cases crossed by trace
 * or next to a separator, then cut out the way the product cuts words out (with a box that is a little wrong).
 */
export function augmentWord(word: WordPicture | null, rng: Rng): Float32Array {
  const cap = Math.exp(between(rng, Math.log(7), Math.log(34)));
  const scale = word ? cap / word.capPx : 1;
  const stretch = between(rng, 0.8, 1.2);
  const shear = rng() < 0.5 ? 0 : between(rng, -0.12, 0.12);
  const turn = rng() < 0.4 ? 0 : between(rng, -0.05, 0.05);
  const drawnWidth = word ? word.width * scale * stretch : cap * between(rng, 0.3, 3);
  const drawnHeight = word ? word.height * scale : cap * between(rng, 0.8, 1.2);
  const margin = Math.ceil(1.6 * cap);
  const width = Math.ceil(drawnWidth + 2 * margin + 2 * cap);
  const height = Math.ceil(drawnHeight + 2 * margin);
  let canvas = new Float32Array(width * height);
  const left = margin + rng();
  const top = margin + rng();
  if (word) drawWord(canvas, width, height, word, left, top, scale * stretch, scale, shear, turn, rng);
  const box = tightBox(canvas, width, height) ?? {
    x0: left,
    y0: top,
    x1: left + drawnWidth,
    y1: top + drawnHeight,
  };
  const clutter = word ? rng() : 0.2 + 0.8 * rng();
  const stroke = cap * between(rng, 0.06, 0.18);
  if (clutter > 0.5) drawTrace(canvas, width, height, box, cap, stroke, rng);
  if (clutter > 0.35 && rng() < 0.35) drawBar(canvas, width, height, box, cap, rng);
  if (rng() < 0.4) damage(canvas, width, height, cap, rng);
  canvas = blurPicture(canvas, width, height, between(rng, 0.25, 0.4 + 0.05 * cap));
  const gain = between(rng, 0.7, 1.5);
  const noise = rng() < 0.5 ? between(rng, 0, 0.12) : 0;
  for (let k = 0; k < canvas.length; k++) {
    canvas[k] = Math.min(1, Math.max(0, canvas[k] * gain + noise * gaussian(rng)));
  }
  const loose = clutter > 0.35 ? 0.14 : 0.05;
  const h = box.y1 - box.y0;
  return normaliseWord(
    { data: canvas, width, height },
    {
      x0: box.x0 + h * between(rng, -1.6 * loose, loose),
      x1: box.x1 + h * between(rng, -loose, 2 * loose),
      y0: box.y0 + h * between(rng, -loose, loose),
      y1: box.y1 + h * between(rng, -loose, loose),
    },
  );
}
