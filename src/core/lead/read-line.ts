import type { Box, FloatRaster } from '../image/raster.ts';
import { normaliseLine } from './normalise-line.ts';
import { TEXT_NET_BYTES, TEXT_NET_RANGES } from './text-net-weights.ts';
import { TEXT_CLASSES, TEXT_PARAMETERS, runTextNet } from './text-net.ts';

/** What the network saw on a line. */
export interface LineReading {
  /** Natural logarithms of probabilities, `[frame][class of TEXT_CLASSES]`. */
  readonly logs: Float32Array;
  readonly frames: number;
  /** The likeliest class of each frame. */
  readonly best: Uint8Array;
}

let parameters: Float32Array | null = null;

/** The weights of the network, unpacked once; the module keeps them. */
export function textNetParameters(): Float32Array {
  if (parameters !== null) return parameters;
  const bytes = atob(TEXT_NET_BYTES);
  const unpacked = new Float32Array(TEXT_PARAMETERS);
  for (const [from, to, scale] of TEXT_NET_RANGES) {
    for (let k = from; k < to; k++) unpacked[k] = ((bytes.charCodeAt(k) << 24) >> 24) * scale;
  }
  parameters = unpacked;
  return unpacked;
}

/** Reads a line of print in `box` (canonical pixels). About 3 ms for ten characters. */
export function readLine(coverage: FloatRaster, box: Box): LineReading {
  const logs = runTextNet(normaliseLine(coverage, box), textNetParameters());
  const classes = TEXT_CLASSES.length;
  const frames = logs.length / classes;
  const best = new Uint8Array(frames);
  for (let t = 0; t < frames; t++) {
    let most = 0;
    for (let k = 1; k < classes; k++) if (logs[t * classes + k]! > logs[t * classes + most]!) most = k;
    best[t] = most;
  }
  return { logs, frames, best };
}

/** The likeliest text from frame `from` up to `to`: small letters, `*` for what no scale is written with. */
export function likelyText({ best, frames }: LineReading, from = 0, to = frames): string {
  let text = '';
  let last = from > 0 ? best[from - 1]! : 0;
  for (let t = from; t < to; t++) {
    if (best[t] !== last) text += TEXT_CLASSES[best[t]!]!;
    last = best[t]!;
  }
  return text;
}
