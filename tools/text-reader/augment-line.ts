import { normaliseLine } from '../../src/core/lead/normalise-line.ts';
import { blurPicture } from '../picture/blur-picture.ts';
import { damage, drawBar, drawTrace } from '../picture/draw-clutter.ts';
import { drawWord } from '../picture/draw-word.ts';
import { between, gaussian, type Rng } from '../picture/random-numbers.ts';
import type { WordPicture } from '../picture/render-words.ts';
import { tightBox } from '../picture/tight-box.ts';

/** Share of lines that are printed with the few dots of a thermal or matrix printer. */
const DOTTED = 0.15;
const CLUTTERED = 0.25;

/**
 * One training picture: the line at the size, slant, blur and damage of a scan, sometimes crossed by trace or beside a
 * separator, then cut out the way the product cuts lines out (with a box that is a little wrong).
 */
export function augmentLine(print: WordPicture, rng: Rng): Float32Array {
  const line = rng() < DOTTED ? toDots(print, rng) : print;
  const cap = Math.exp(between(rng, Math.log(6.5), Math.log(28)));
  const scale = cap / line.capPx;
  const stretch = between(rng, 0.8, 1.2);
  const shear = rng() < 0.5 ? 0 : between(rng, -0.15, 0.15);
  const turn = rng() < 0.5 ? 0 : (cap / (line.width * scale * stretch)) * between(rng, -0.12, 0.12);
  const margin = Math.ceil(cap);
  const width = Math.ceil(line.width * scale * stretch + 2 * margin + 0.2 * cap);
  const height = Math.ceil(line.height * scale + 2 * margin);
  let canvas = new Float32Array(width * height);
  drawWord(
    canvas,
    width,
    height,
    line,
    margin + rng(),
    margin + rng(),
    scale * stretch,
    scale,
    shear,
    turn,
    rng,
  );
  const box = tightBox(canvas, width, height) ?? {
    x0: margin,
    y0: margin,
    x1: width - margin,
    y1: height - margin,
  };
  const cluttered = rng() < CLUTTERED;
  if (cluttered && rng() < 0.5)
    drawTrace(canvas, width, height, box, cap, cap * between(rng, 0.06, 0.16), rng);
  else if (cluttered) drawBar(canvas, width, height, box, cap, rng);
  if (rng() < 0.35) damage(canvas, width, height, cap, rng);
  canvas = blurPicture(canvas, width, height, between(rng, 0.25, 0.4 + 0.045 * cap));
  const gain = between(rng, 0.7, 1.5);
  const noise = rng() < 0.5 ? between(rng, 0, 0.1) : 0;
  for (let k = 0; k < canvas.length; k++) {
    canvas[k] = Math.min(1, Math.max(0, canvas[k]! * gain + noise * gaussian(rng)));
  }
  const h = box.y1 - box.y0;
  const loose = rng() < 0.15 ? 0.3 : 0.06;
  return normaliseLine(
    { data: canvas, width, height },
    {
      x0: box.x0 - h * between(rng, -0.05, 2 * loose),
      x1: box.x1 + h * between(rng, -0.05, 2 * loose),
      y0: box.y0 - h * between(rng, -0.05, loose),
      y1: box.y1 + h * between(rng, -0.05, loose),
    },
  );
}

/** The line as a printer of few dots draws it: sampled coarsely, each dot on or off. */
function toDots(line: WordPicture, rng: Rng): WordPicture {
  const capPx = Math.round(between(rng, 8, 14));
  const step = line.capPx / capPx;
  const width = Math.max(1, Math.floor(line.width / step));
  const height = Math.max(1, Math.floor(line.height / step));
  const level = between(rng, 0.3, 0.5);
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let b = 0; b < 3; b++) {
        const v = Math.min(line.height - 1, Math.floor((y + (b + 0.5) / 3) * step));
        for (let a = 0; a < 3; a++) {
          const u = Math.min(line.width - 1, Math.floor((x + (a + 0.5) / 3) * step));
          sum += line.data[v * line.width + u]!;
        }
      }
      data[y * width + x] = sum / 9 > level ? 1 : 0;
    }
  }
  return { data, width, height, capPx };
}
