import { axisOf } from './axis.ts';
import { number, plotSvg } from './plot-frame.ts';

/** Truth and prediction of one lead, on one clock. */
export interface SignalPair {
  readonly fs: number;
  readonly startSeconds: number;
  /** Millivolts, NaN = nothing. */
  readonly truth: Float64Array;
  readonly prediction: Float64Array | null;
}

/** Two traces of one lead, as an inline SVG; curves thinner than the picture's pixels are thinned to extremes. */
export function signalSvg(pair: SignalPair, label: string, width = 520, height = 130): string {
  const box = { left: 40, top: 6, right: width - 8, bottom: height - 32 };
  const seconds = pair.truth.length / pair.fs;
  const values = [...pair.truth, ...(pair.prediction ?? [])].filter((value) => !Number.isNaN(value));
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const x = axisOf([pair.startSeconds, pair.startSeconds + seconds], [box.left, box.right], 6);
  const y = axisOf(values.length > 0 ? [low, high] : [-1, 1], [box.bottom, box.top], 4);
  const path = (samples: Float64Array, kind: string) => {
    const per = Math.max(1, Math.floor(samples.length / (box.right - box.left)));
    let d = '';
    let pen = false;
    for (let from = 0; from < samples.length; from += per) {
      for (const k of extremesOf(samples, from, Math.min(samples.length, from + per))) {
        d += `${pen ? 'L' : 'M'}${number(x.at(pair.startSeconds + k / pair.fs))} ${number(y.at(samples[k]!))}`;
        pen = true;
      }
      if (Number.isNaN(samples[from]!)) pen = false;
    }
    return `<path class="${kind}" d="${d}"/>`;
  };
  const prediction = pair.prediction ? path(pair.prediction, 'prediction') : '';
  return plotSvg(
    { width, height, box, x, y, xTitle: 'seconds', yTitle: 'mV', label },
    path(pair.truth, 'truth') + prediction,
  );
}

/** Samples with the lowest and the highest value of a stretch, in order; none where all are unknown. */
function extremesOf(samples: Float64Array, from: number, to: number): number[] {
  let low = -1;
  let high = -1;
  for (let k = from; k < to; k++) {
    const value = samples[k]!;
    if (value !== value) continue;
    if (low < 0 || value < samples[low]!) low = k;
    if (high < 0 || value > samples[high]!) high = k;
  }
  if (low < 0) return [];
  return low === high ? [low] : low < high ? [low, high] : [high, low];
}
