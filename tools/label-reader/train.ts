/**
 * Trains the reader of lead labels on words drawn from the fonts of this machine and on plotter letters, and writes
 * its weights (8-bit, one scale per layer) to src/core/lead/label-net-weights.ts.
 *
 *   npx node tools/label-reader/train.ts [steps]
 *
 * About 25 minutes on one core for the default 9,000 steps of 32 pictures.
 */
import { writeFileSync } from 'node:fs';
import {
  LABEL_CHANNELS,
  LABEL_CLASSES,
  LABEL_FEATURES,
  LABEL_PARAMETERS,
} from '../../src/core/lead/label-net.ts';
import { createAdam } from '../picture/adam.ts';
import { packWeights } from '../picture/pack-weights.ts';
import { augmentWord } from './augment-word.ts';
import type { WordPicture } from '../picture/render-words.ts';
import { listFaces, renderPlotterWord, renderWord } from '../picture/render-words.ts';
import { accumulateGradient } from './train-step.ts';
import { makeRng } from '../picture/random-numbers.ts';
import { LABEL_FORMS, OTHER_WORDS } from './vocabulary.ts';

const BATCH = 32;
const steps = Number(process.argv[2] ?? 9000);
const target = new URL('../../src/core/lead/label-net-weights.ts', import.meta.url);

const rng = makeRng(20240501);
const pick = <T>(list: readonly T[]): T => list[Math.floor(rng() * list.length)];
const OTHER = LABEL_CLASSES.indexOf('other');

async function drawAll(): Promise<WordPicture[][]> {
  const faces = listFaces();
  const pictures: WordPicture[][] = LABEL_CLASSES.map(() => []);
  const add = (k: number, picture: WordPicture | null): void => {
    if (picture) pictures[k].push(picture);
  };
  for (const face of faces) {
    for (let k = 0; k < LABEL_FORMS.length; k++) {
      const forms = [LABEL_FORMS[k][0], LABEL_FORMS[k][0], pick(LABEL_FORMS[k]), pick(LABEL_FORMS[k])];
      for (const form of forms) {
        const spaced = rng() < 0.15 ? 0.4 + 0.5 * rng() : rng() < 0.4 ? 0.15 * rng() : 0;
        add(k, await renderWord(form, face, form.length < 4 ? spaced : 0));
      }
    }
    for (let k = 0; k < 14; k++) add(OTHER, await renderWord(pick(OTHER_WORDS), face, 0));
  }
  for (let k = 0; k < LABEL_FORMS.length; k++) {
    for (let n = 0; n < 90; n++) {
      const spacing = rng() < 0.2 ? 0.2 + 0.8 * rng() : 0.12 * rng();
      add(
        k,
        await renderPlotterWord(
          LABEL_FORMS[k][0],
          0.05 + 0.15 * rng(),
          0.65 + 0.5 * rng(),
          rng() < 0.4,
          spacing,
        ),
      );
    }
  }
  return pictures;
}

function example(pictures: WordPicture[][]): { picture: Float32Array; label: number } {
  if (rng() < 0.2) {
    return { picture: augmentWord(rng() < 0.25 ? null : pick(pictures[OTHER]), rng), label: OTHER };
  }
  const label = Math.floor(rng() * OTHER);
  return { picture: augmentWord(pick(pictures[label]), rng), label };
}

function initialise(): Float32Array {
  const parameters = new Float32Array(LABEL_PARAMETERS);
  let at = 0;
  const fill = (count: number, fanIn: number): void => {
    const scale = Math.sqrt(2 / fanIn);
    for (let k = 0; k < count; k++) {
      parameters[at++] = scale * Math.sqrt(-2 * Math.log(rng() + 1e-12)) * Math.cos(2 * Math.PI * rng());
    }
  };
  for (let stage = 0; stage < 3; stage++) {
    fill(9 * LABEL_CHANNELS[stage] * LABEL_CHANNELS[stage + 1], 9 * LABEL_CHANNELS[stage]);
    at += LABEL_CHANNELS[stage + 1];
  }
  fill(LABEL_FEATURES * LABEL_CLASSES.length, LABEL_FEATURES);
  return parameters;
}

/** Ranges of the parameters that share one scale: weights and biases of each layer. */
function layerRanges(): [number, number][] {
  const ranges: [number, number][] = [];
  let at = 0;
  const push = (count: number): void => {
    ranges.push([at, at + count]);
    at += count;
  };
  for (let stage = 0; stage < 3; stage++) {
    push(9 * LABEL_CHANNELS[stage] * LABEL_CHANNELS[stage + 1]);
    push(LABEL_CHANNELS[stage + 1]);
  }
  push(LABEL_FEATURES * LABEL_CLASSES.length);
  push(LABEL_CLASSES.length);
  return ranges;
}

function save(parameters: Float32Array): void {
  const { base64, scales } = packWeights(parameters, layerRanges());
  writeFileSync(
    target,
    `/**\n * Weights of the label reader, written by tools/label-reader/train.ts: signed bytes in base64, and for each range\n * \`[from, to, scale]\` what one step is worth.\n */\nexport const LABEL_NET_RANGES: readonly (readonly [number, number, number])[] = [\n${layerRanges()
      .map(([from, to], k) => `  [${from}, ${to}, ${scales[k]}],`)
      .join('\n')}\n];\n\nexport const LABEL_NET_BYTES =\n  '${base64}';\n`,
  );
}

const pictures = await drawAll();
console.log(`drew ${pictures.map((p) => p.length).join(' ')} words`);
const adam = createAdam(initialise());
const gradient = new Float32Array(LABEL_PARAMETERS);
let loss = 0;
let right = 0;
let seen = 0;
for (let step = 1; step <= steps; step++) {
  gradient.fill(0);
  for (let k = 0; k < BATCH; k++) {
    const { picture, label } = example(pictures);
    const result = accumulateGradient(picture, label, adam.parameters, gradient);
    loss += result.loss;
    right += result.right ? 1 : 0;
    seen++;
  }
  const rate = 2e-3 * Math.min(1, step / 200) * (0.5 + 0.5 * Math.cos((Math.PI * step) / steps)) + 1e-6;
  for (let k = 0; k < gradient.length; k++) gradient[k] /= BATCH;
  adam.step(gradient, rate);
  if (step % 250 === 0) {
    console.log(
      `step ${step}: loss ${(loss / seen).toFixed(3)}, right ${((100 * right) / seen).toFixed(1)} %`,
    );
    loss = right = seen = 0;
    save(adam.average);
  }
}
save(adam.average);
