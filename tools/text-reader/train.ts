/**
 * Trains the reader of printed lines on text drawn from the fonts of this machine and in plotter letters, and writes
 * its weights (8-bit, one scale per layer) to src/core/lead/text-net-weights.ts. The more fonts the better: Debian's
 * packages of free fonts can be unpacked anywhere and named to fontconfig by FONTCONFIG_FILE.
 *
 *   npx node tools/text-reader/train.ts [steps]
 *
 * About 20 minutes on one idle core for the default 4,000 steps of 16 lines. Every 500 steps it prints the share of characters
 * it gets wrong on fonts it was not taught.
 */
import { writeFileSync } from 'node:fs';
import { textStrokes } from '../../src/core/synthesis/page/text-strokes.ts';
import {
  TEXT_CLASSES,
  TEXT_LAYERS,
  TEXT_PARAMETERS,
  runTextNet,
  textLayerWeights,
} from '../../src/core/lead/text-net.ts';
import { createAdam } from '../picture/adam.ts';
import { packWeights } from '../picture/pack-weights.ts';
import { between, gaussian, makeRng } from '../picture/random-numbers.ts';
import { listFaces, renderStrokes, renderWord, type WordPicture } from '../picture/render-words.ts';
import { augmentLine } from './augment-line.ts';
import { lineLabels } from './line-labels.ts';
import { randomLine } from './random-line.ts';
import { accumulateGradient } from './train-step.ts';

const BATCH = 16;
/** Lines drawn once and augmented again and again; as many are drawn anew every so many steps. */
const POOL = 5000;
const RENEWED_PER_STEP = 2;
const PLOTTER_SHARE = 0.12;
const FONT_PX = 40;
const HELD_OUT = /^(Arimo|FreeSerif|Hack|Roboto Condensed)$/;
const steps = Number(process.argv[2] ?? 4000);
const target = new URL('../../src/core/lead/text-net-weights.ts', import.meta.url);
const rng = makeRng(20240602);

interface Print {
  readonly picture: WordPicture;
  readonly labels: readonly number[];
}

const faces = listFaces();
const taught = faces.filter(({ family }) => !HELD_OUT.test(family));
const heldOut = faces.filter(({ family }) => HELD_OUT.test(family));

async function drawLine(from: typeof faces): Promise<Print> {
  for (;;) {
    const text = randomLine(rng);
    const labels = lineLabels(text);
    if (labels.length === 0) continue;
    const spacing = rng() < 0.3 ? between(rng, -0.03, 0.12) : 0;
    const picture =
      rng() < PLOTTER_SHARE
        ? await renderStrokes(
            textStrokes(text, 0, 0, { capMm: 30, stretch: between(rng, 0.7, 1.3) }).strokes,
            30 * between(rng, 0.06, 0.2),
            30,
          )
        : await renderWord(text, from[Math.floor(rng() * from.length)]!, spacing, FONT_PX);
    if (picture) return { picture, labels };
  }
}

function initialise(): Float32Array {
  const parameters = new Float32Array(TEXT_PARAMETERS);
  let at = 0;
  for (const layer of TEXT_LAYERS) {
    const weights = textLayerWeights(layer);
    const scale = Math.sqrt((2 * layer.outChannels) / weights);
    for (let k = 0; k < weights; k++) parameters[at++] = scale * gaussian(rng);
    at += layer.outChannels;
  }
  return parameters;
}

function save(parameters: Float32Array): void {
  const ranges: [number, number][] = [];
  let at = 0;
  for (const layer of TEXT_LAYERS) {
    const biases = at + textLayerWeights(layer);
    ranges.push([at, biases], [biases, biases + layer.outChannels]);
    at = biases + layer.outChannels;
  }
  const { base64, scales } = packWeights(parameters, ranges);
  const listed = ranges.map(([from, to], k) => `  [${from}, ${to}, ${scales[k]}],`).join('\n');
  writeFileSync(
    target,
    `/**\n * Weights of the reader of printed lines, written by tools/text-reader/train.ts: signed bytes in base64, and for each\n * range \`[from, to, scale]\` what one step is worth.\n */\nexport const TEXT_NET_RANGES: readonly (readonly [number, number, number])[] = [\n${listed}\n];\n\nexport const TEXT_NET_BYTES =\n  '${base64}';\n`,
  );
}

/** Characters wrong (edit distance) and characters in all, over some lines. */
function errors(
  parameters: Float32Array,
  lines: readonly { picture: Float32Array; labels: readonly number[] }[],
): number {
  let wrong = 0;
  let all = 0;
  for (const { picture, labels } of lines) {
    const logs = runTextNet(picture, parameters);
    const read: number[] = [];
    let last = 0;
    for (let at = 0; at < logs.length; at += TEXT_CLASSES.length) {
      let best = 0;
      for (let k = 1; k < TEXT_CLASSES.length; k++) if (logs[at + k]! > logs[at + best]!) best = k;
      if (best !== last && best !== 0) read.push(best);
      last = best;
    }
    wrong += editDistance(read, labels);
    all += labels.length;
  }
  return wrong / all;
}

function editDistance(a: readonly number[], b: readonly number[]): number {
  let row = b.map((_, k) => k + 1);
  a.forEach((x, i) => {
    let corner = i;
    let left = i + 1;
    row = row.map((up, k) => {
      left = Math.min(corner + (x === b[k] ? 0 : 1), up + 1, left + 1);
      corner = up;
      return left;
    });
  });
  return b.length === 0 ? a.length : row[b.length - 1]!;
}

console.log(`${taught.length} faces taught, ${heldOut.length} held out, ${TEXT_PARAMETERS} parameters`);
const pool: Print[] = [];
while (pool.length < POOL) pool.push(await drawLine(taught));
const test: { picture: Float32Array; labels: readonly number[] }[] = [];
while (heldOut.length > 0 && test.length < 400) {
  const { picture, labels } = await drawLine(heldOut);
  test.push({ picture: augmentLine(picture, rng), labels });
}
console.log('lines drawn');
const adam = createAdam(initialise());
const gradient = new Float32Array(TEXT_PARAMETERS);
let loss = 0;
let characters = 0;
for (let step = 1; step <= steps; step++) {
  gradient.fill(0);
  for (let k = 0; k < BATCH;) {
    const { picture, labels } = pool[Math.floor(rng() * pool.length)]!;
    const result = accumulateGradient(augmentLine(picture, rng), labels, adam.parameters, gradient);
    if (result === null) continue;
    loss += result;
    characters += labels.length;
    k++;
  }
  let norm = 0;
  for (const g of gradient) norm += (g / BATCH) ** 2;
  const clip = Math.min(1, 20 / Math.sqrt(norm)) / BATCH;
  for (let k = 0; k < gradient.length; k++) gradient[k]! *= clip;
  adam.step(
    gradient,
    3e-3 * Math.min(1, step / 200) * (0.5 + 0.5 * Math.cos((Math.PI * step) / steps)) + 1e-6,
  );
  for (let k = 0; k < RENEWED_PER_STEP; k++) pool[Math.floor(rng() * pool.length)] = await drawLine(taught);
  if (step % 100 === 0) {
    const wrong =
      step % 500 === 0 ? `, ${(100 * errors(adam.average, test)).toFixed(1)} % wrong on new fonts` : '';
    console.log(`step ${step}: loss per character ${(loss / characters).toFixed(3)}${wrong}`);
    loss = characters = 0;
    if (step % 500 === 0) save(adam.average);
  }
}
save(adam.average);
