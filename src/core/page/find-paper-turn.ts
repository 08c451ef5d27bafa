import { boxMean } from '../image/box-mean.ts';
import type { Raster } from '../image/raster.ts';
import { reduceChannels } from '../image/reduce-channels.ts';

const WORKING_LENGTH = 900;
/** Share of the local paper level below which a pixel counts as pen. */
const PEN_LEVEL = 0.72;
/** Side of the cells in which pen is looked for, working pixels. */
const CELL = 8;
/** Share of the page that an unbroken chain of cells must span to be a trace rather than a tall wave. */
const CHAIN_SHARE = 0.3;
/** How much more chain must run down the page than along it before the page is taken to lie on its side. */
const LEAD = 2;

/**
 * Whether the page lies on its side: traces are unbroken chains of pen along the time axis, while across it even tall
 * waves end. Returns 0 or 1 clockwise quarter turns; which way up the page then is, only its labels can tell.
 */
export function findPaperTurn(raster: Raster): 0 | 1 {
  const factor = Math.max(1, Math.round(Math.max(raster.width, raster.height) / WORKING_LENGTH));
  const planes = reduceChannels(raster, factor);
  const { width, height } = planes[0]!;
  const bright = new Float32Array(width * height);
  for (const plane of planes) {
    for (let at = 0; at < bright.length; at++) bright[at] = Math.max(bright[at]!, plane.data[at]!);
  }
  const paper = boxMean({ data: bright, width, height }, 15).data;
  const across = Math.floor(width / CELL);
  const down = Math.floor(height / CELL);
  const filled = new Uint8Array(across * down);
  for (let y = 0; y < down * CELL; y++) {
    for (let x = 0; x < across * CELL; x++) {
      const at = y * width + x;
      if (bright[at]! < PEN_LEVEL * paper[at]!)
        filled[Math.floor(y / CELL) * across + Math.floor(x / CELL)] = 1;
    }
  }
  const along = chainLength(filled, across, down, 1, across);
  const upright = chainLength(filled, down, across, across, 1);
  return upright > LEAD * along + 1 ? 1 : 0;
}

/** Cells at the far part of chains longer than `CHAIN_SHARE` of `length`, in page lengths; chains may drift sideways. */
function chainLength(
  filled: Uint8Array,
  length: number,
  lanes: number,
  step: number,
  laneStep: number,
): number {
  let before = new Int32Array(lanes + 2);
  let here = new Int32Array(lanes + 2);
  let long = 0;
  for (let at = 0; at < length; at++) {
    for (let lane = 0; lane < lanes; lane++) {
      const chain = filled[at * step + lane * laneStep]
        ? 1 + Math.max(before[lane]!, before[lane + 1]!, before[lane + 2]!)
        : 0;
      here[lane + 1] = chain;
      if (chain >= CHAIN_SHARE * length) long++;
    }
    [before, here] = [here, before];
  }
  return length === 0 ? 0 : long / length;
}
