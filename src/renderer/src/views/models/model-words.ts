import type { ModelEntry } from '../../../../shared/api/model-record.ts';
import { sizeWords } from '../../components/size-words.ts';

/** Tiles of 512 x 512 pixels on a flattened A4 page at 8 pixels per millimetre. */
const TILES_OF_A_PAGE = 20;

const PROVIDERS: Readonly<Record<string, string>> = {
  cpu: 'Processor',
  webgpu: 'Graphics card (WebGPU)',
  cuda: 'NVIDIA CUDA',
  tensorrt: 'NVIDIA TensorRT',
  coreml: 'Apple Core ML',
  dml: 'DirectML',
};

/** An execution provider of ONNX Runtime as people call it. */
export function providerName(name: string): string {
  return PROVIDERS[name] ?? name;
}

/** What is known about a model, in short; a model without a card has little to say. */
export function factWords({ facts, bytes }: ModelEntry): string {
  if (!facts) return `${sizeWords(bytes)} · came without a card, so nothing is known of its training`;
  const { step, precision, trainedRecords } = facts;
  return [
    `${step.toLocaleString('en')} steps on ${trainedRecords.toLocaleString('en')} records`,
    precision === 'int8' ? '8-bit' : precision,
    sizeWords(bytes),
  ].join(' · ');
}

/** What looking twice costs, given the milliseconds of a tile, null when they are not known. */
export function mirrorCost(milliseconds: number | null): string {
  if (milliseconds === null) return 'The look takes twice as long.';
  const seconds = (TILES_OF_A_PAGE * milliseconds) / 1000;
  const words = seconds < 10 ? seconds.toFixed(1) : String(Math.round(seconds));
  return `A look at a full page takes about ${words} s, in the mirror as much again.`;
}
