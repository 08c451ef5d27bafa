import type { Box, FloatRaster } from '../image/raster.ts';
import { LABEL_NET_BYTES, LABEL_NET_RANGES } from './label-net-weights.ts';
import { LABEL_PARAMETERS, runLabelNet } from './label-net.ts';
import { normaliseWord } from './normalise-word.ts';

let parameters: Float32Array | null = null;

/** Unpacks the weights once; the module keeps them. */
function loadParameters(): Float32Array {
  if (parameters !== null) return parameters;
  const bytes = atob(LABEL_NET_BYTES);
  const unpacked = new Float32Array(LABEL_PARAMETERS);
  for (const [from, to, scale] of LABEL_NET_RANGES) {
    for (let k = from; k < to; k++) unpacked[k] = ((bytes.charCodeAt(k) << 24) >> 24) * scale;
  }
  parameters = unpacked;
  return unpacked;
}

/**
 * Reads the word in `box` (canonical pixels): the probability of each of `LABEL_CLASSES`. About 0.5 ms.
 *
 * @example
 * const p = readLabel(ink.coverage, word.box);
 * p[LABEL_CLASSES.indexOf('aVR')]; // 0.98
 */
export function readLabel(coverage: FloatRaster, box: Box): Float32Array {
  return runLabelNet(normaliseWord(coverage, box), loadParameters());
}
