import type { LeadName } from '../../../shared/lead-name.ts';
import type { Box, Raster } from '../../image/raster.ts';
import { warpRaster, type WarpNodes } from '../../image/warp-raster.ts';
import { drawPage } from '../page/draw-page.ts';
import { drawPicture, planPage, type PagePlan } from '../page/draw-picture.ts';
import { resolvePageOptions } from '../page/page-options.ts';
import { createRandom } from '../random.ts';
import { randomPageOptions } from '../random-page/random-page-options.ts';
import type { SynthPreset } from '../random-page/synth-preset.ts';
import { sampleField } from '../sample-field.ts';
import { addFurrows } from './add-furrows.ts';
import { createCanonicalFrame, type CanonicalFrame } from './canonical-frame.ts';
import { dropUnseen } from './drop-unseen.ts';
import { paintTargets } from './paint-targets.ts';
import { varySignals } from './vary-signals.ts';
import { ascending } from '../../../shared/ascending.ts';

/** A page, or a part of one, for a network to learn from. */
export interface TrainingPage {
  /** RGB, upright and flat as `rectifyPage` gives pages, with the blur and faults of the picture it was taken from. */
  readonly raster: Raster;
  /** Canonical pixels per millimetre, 6..12; 5 mm are whole pixels. */
  readonly pxPerMm: number;
  /** One plane per class of `SEGMENT_CLASSES`, as large as the raster: share of the pixel the stroke covers, 0..255. */
  readonly targets: readonly Uint8Array[];
  /** 255; 0 where there is no paper (desk, holes, torn away, beyond the picture) or a trace nobody can see. */
  readonly weight: Uint8Array;
}

export interface TrainingPageOptions {
  readonly seed: number;
  /** `mixed` when absent. */
  readonly preset?: SynthPreset;
  /** Renders only a random part of the page of this size in canonical pixels; all of it when absent. */
  readonly crop?: { readonly widthPx: number; readonly heightPx: number };
}

/** Canonical pixels between the nodes of the map to the picture. */
const NODE_PX = 16;
/** Pixels of the picture drawn beside what is needed, so that blur and blocks have surroundings. */
const MARGIN_PX = 8;
/** Side of the blocks that are searched for grid and traces nobody can see. */
const UNSEEN_BLOCK_MM = 10;

/**
 * Draws a random page of the recording, has it degraded and pictured, and brings it back to the flat canonical page
 * with the true geometry, but for a smooth random error as a rectifier leaves it. The targets are drawn in canonical
 * pixels from the strokes themselves and lie on the ink. The same seed gives the same page.
 *
 * @param source at least the twelve standard leads, equally long, two seconds or more, millivolts
 *
 * Cost: about 0.2 s for a part of 640 x 640 pixels, 1 to 1.7 s for a page of 2200 x 1700.
 *
 * @example
 * const page = renderTrainingPage({ signals: ecg.leads, fs: 500 }, { seed: 7, crop: { widthPx: 640, heightPx: 640 } });
 */
export function renderTrainingPage(
  source: { readonly signals: ReadonlyMap<LeadName, Float32Array>; readonly fs: number },
  { seed, preset = 'mixed', crop }: TrainingPageOptions,
): TrainingPage {
  const random = createRandom(seed);
  const signals = varySignals(source.signals, source.fs, random.fork('signals'));
  const samples = Math.min(...[...signals.values()].map((signal) => signal.length));
  const page = randomPageOptions(random.fork('page'), preset, samples / source.fs);
  const conditions = addFurrows(page.conditions ?? {}, page.kind, random.fork('furrows'));
  const options = resolvePageOptions({ ...page, conditions, signals, fs: source.fs });
  const drawing = drawPage(options);
  const plan = planPage(options);
  const frame = createCanonicalFrame(drawing, options, plan, crop ?? null, random.fork('frame'));
  const nodes = mapToPicture(frame);
  const seen = pictureFrame(nodes, plan);
  const picture = drawPicture(drawing, options, plan, seen);
  const raster = toRgb(
    warpRaster(picture, shifted(nodes, seen), frame.width, frame.height, commonColour(picture)),
  );
  const targets = paintTargets(drawing, options, plan.scale, frame);
  const [trace, mark, text, grid] = targets as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  const weight = paperWeight(frame, options.paperMm, plan);
  const blockPx = Math.round(frame.pxPerMm * UNSEEN_BLOCK_MM);
  dropUnseen(raster, grid, [trace, mark, text], blockPx);
  dropUnseen(raster, trace, [mark, text], blockPx, weight);
  return { raster, pxPerMm: frame.pxPerMm, targets, weight };
}

function mapToPicture(frame: CanonicalFrame): WarpNodes {
  const columns = Math.ceil(frame.width / NODE_PX) + 1;
  const rows = Math.ceil(frame.height / NODE_PX) + 1;
  const xs = new Float32Array(columns * rows);
  const ys = new Float32Array(columns * rows);
  for (let j = 0, at = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++, at++) {
      const [x, y] = frame.toPicture(i * NODE_PX, j * NODE_PX);
      xs[at] = x;
      ys[at] = y;
    }
  }
  return { stepPx: NODE_PX, columns, rows, xs, ys };
}

/** The part of the picture the nodes lie in, on whole JPEG blocks, at least one of them. */
function pictureFrame({ xs, ys }: WarpNodes, { picture }: PagePlan): Box {
  const range = (values: Float32Array, size: number): [number, number] => {
    let [low, high] = [Infinity, -Infinity];
    for (const value of values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    const first = Math.max(0, Math.min(size - 16, Math.floor(low - MARGIN_PX)));
    const start = Math.floor(first / 16) * 16;
    const end = Math.min(size, Math.max(start + 16, Math.ceil((high + MARGIN_PX) / 16) * 16));
    return [start, end];
  };
  const [x0, x1] = range(xs, picture.width);
  const [y0, y1] = range(ys, picture.height);
  return { x0, y0, x1, y1 };
}

function shifted(nodes: WarpNodes, frame: Box): WarpNodes {
  return {
    ...nodes,
    xs: nodes.xs.map((x) => x - frame.x0),
    ys: nodes.ys.map((y) => y - frame.y0),
  };
}

/** Median of each channel, sampled: the colour of the paper, which fills what the picture does not show. */
function commonColour({ data, channels }: Raster): number[] {
  return Array.from({ length: channels }, (_, c) => {
    const values: number[] = [];
    for (let i = c; i < data.length; i += channels * 101) values.push(data[i]!);
    values.sort(ascending);
    return values[values.length >> 1]!;
  });
}

function toRgb(raster: Raster): Raster {
  if (raster.channels === 3) return raster;
  const data = new Uint8Array(raster.data.length * 3);
  for (let i = 0, p = 0; i < raster.data.length; i++, p += 3) {
    data[p] = data[p + 1] = data[p + 2] = raster.data[i]!;
  }
  return { ...raster, data, channels: 3 };
}

/** Where paper is seen: inside the sheet, the picture and what is left of the paper. */
function paperWeight(
  frame: CanonicalFrame,
  [paperWidth, paperHeight]: readonly [number, number],
  { picture, depth }: PagePlan,
): Uint8Array {
  const { width, height } = frame;
  const weight = new Uint8Array(width * height).fill(255);
  const inside = (x: number, y: number) => {
    const [u, v] = frame.toPaper(x, y);
    const [px, py] = frame.toPicture(x, y);
    const onSheet = Math.min(u, v, paperWidth - u, paperHeight - v);
    const inPicture = Math.min(px, py, picture.width - 1 - px, picture.height - 1 - py) / frame.pxPerMm;
    return Math.min(onSheet, inPicture, depth ? depth(u, v) : Infinity);
  };
  sampleField({ width, height, stepPx: depth ? 4 : 8 }, inside, (y, row) => {
    for (let x = 0; x < width; x++) if (row[x]! < 0) weight[y * width + x] = 0;
  });
  return weight;
}
