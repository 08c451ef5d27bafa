import { createRandom } from '../../core/synthesis/random.ts';
import { randomEcg } from '../../core/synthesis/ecg/random-ecg.ts';
import { simulateEcg } from '../../core/synthesis/ecg/simulate-ecg.ts';
import { renderPage, type RenderedPage } from '../../core/synthesis/page/render-page.ts';
import { grantWishes } from '../../core/synthesis/random-page/grant-wishes.ts';
import { randomPageOptions, type RandomPage } from '../../core/synthesis/random-page/random-page-options.ts';
import { readEcgRecord, type EcgRecord } from './read-ecg-record.ts';
import type { SynthTask } from './synth-task.ts';

/** A page with what it was drawn from. */
export interface DrawnSynthPage extends RenderedPage {
  readonly record: EcgRecord;
  readonly page: RandomPage;
  /** Seed of this page. */
  readonly seed: number;
  /** Quality the picture still has to be compressed with; null when it is to be kept as it is. */
  readonly jpegQuality: number | null;
}

const MODEL_FS = 500;
const MODEL_SECONDS = 10;
/** Quality of JPEG files for pages that are drawn without JPEG artefacts. */
const FINE_QUALITY = 92;

/**
 * Draws the page of a task: its seed follows from that of the run and its name alone, so neither the number of pages
 * nor the order in which they are drawn matters.
 */
export function drawRandomPage({ recipe, name, recordPath }: SynthTask): DrawnSynthPage {
  const seed = createRandom(recipe.seed).fork(name).integer(0, 0x7fffffff);
  const random = createRandom(seed);
  const record =
    recordPath === null ? modelRecord(recipe.heart, seed) : readEcgRecord(recordPath, recipe.startSeconds);
  const available = record.leads.get('I')!.length / record.fs;
  const drawn = randomPageOptions(random.fork('page'), recipe.preset, available);
  const page = grantWishes(drawn, recipe.wishes, random.fork('wishes'), available);
  const quality = page.conditions?.jpegQuality;
  const asJpeg = recipe.format === 'jpg' || (recipe.format === 'auto' && quality !== undefined);
  // A file that is compressed anyway gets its artefacts from its encoder.
  const conditions = asJpeg ? { ...page.conditions, jpegQuality: undefined } : page.conditions;
  const rendered = renderPage({ ...page, conditions, signals: record.leads, fs: record.fs });
  return { ...rendered, record, page, seed, jpegQuality: asJpeg ? (quality ?? FINE_QUALITY) : null };
}

function modelRecord(heart: SynthTask['recipe']['heart'], seed: number): EcgRecord {
  const random = createRandom(seed).fork('heart');
  const ecg = simulateEcg(randomEcg(random, heart), { seconds: MODEL_SECONDS, fs: MODEL_FS, random });
  return { name: heart === 'any' ? 'model' : `model ${heart}`, fs: MODEL_FS, leads: ecg.leads };
}
