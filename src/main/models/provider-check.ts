import { z } from 'zod';
import { toAppError } from '../../shared/app-error.ts';
import type { ModelFile } from '../inference/model-file.ts';
import type { ModelTrials } from './model-trials.ts';

/** What a trial said about an execution provider of ONNX Runtime. */
export const providerResult = z.object({
  name: z.string(),
  /** Time for a tile of 512 x 512 pixels; null when it is not usable. */
  milliseconds: z.number().nullable(),
  /** Why it is not usable, in words; null when it is. */
  reason: z.string().nullable(),
});
export type ProviderResult = z.infer<typeof providerResult>;

const TILE_PX = 512;
/** Largest difference from the processor's probabilities, anywhere. */
const MAX_DIFFERENCE = 0.02;

/**
 * Tries each execution provider that this ONNX Runtime knows with a model, each in a process of its own: one that
 * crashes, hangs or computes something else than the processor is not usable. Some seconds, hardly any of this process.
 *
 * @throws AppError when the processor itself does not run the model
 */
export async function checkProviders(
  { path, sha256 }: ModelFile,
  trials: ModelTrials,
  onResult: (result: ProviderResult) => void = () => {},
): Promise<ProviderResult[]> {
  const results: ProviderResult[] = [];
  const add = (result: ProviderResult): void => {
    results.push(result);
    onResult(result);
  };
  const look = (provider: string) => trials.look({ path, sha256, provider, tilePx: TILE_PX });
  const backends = await trials.backends();
  const cpu = await look('cpu');
  add({ name: 'cpu', milliseconds: cpu.milliseconds, reason: null });
  for (const { name, bundled } of backends) {
    if (name === 'cpu') continue;
    if (!bundled) {
      add({ name, milliseconds: null, reason: 'Not part of the program.' });
      continue;
    }
    try {
      const { probabilities, milliseconds } = await look(name);
      const difference = largestDifference(probabilities, cpu.probabilities);
      if (difference <= MAX_DIFFERENCE) add({ name, milliseconds, reason: null });
      else add({ name, milliseconds: null, reason: `It computes something else (off by ${difference.toFixed(2)}).` });
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.code === 'cancelled') throw error;
      add({ name, milliseconds: null, reason: error.message });
    }
  }
  return results;
}

/** NaN where one of them is not a number, or they differ in size. */
function largestDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return NaN;
  let most = 0;
  for (let k = 0; k < a.length; k++) {
    const difference = Math.abs(a[k]! - b[k]!);
    if (!(difference <= most)) most = difference;
    if (Number.isNaN(most)) return NaN;
  }
  return most;
}
