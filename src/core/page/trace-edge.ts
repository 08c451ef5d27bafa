import type { Box, Raster } from '../image/raster.ts';
import { ascending } from '../../shared/ascending.ts';

export type Side = 'left' | 'right' | 'top' | 'bottom';

/** Length of the stretches of edge that are looked at together, lattice steps. */
const STRETCH = 5;
/** How far around the edge of the box the edge of the paper may lie, lattice steps outwards and inwards. */
const OUTWARDS = 1;
const INWARDS = 1.5;
/** Lattice steps from the edge of the box to where there surely is paper. */
const INSIDE = 2.2;
/** Level of a line of pixels, as a share of the paper's, from which it is not paper. */
const DIM_SHARE = 0.8;
/** Lattice steps within which paper shows between small boxes' lines that run along the side. */
const GAP = 0.14;
/** Pixels of a shadow beside the edge that go with it, lattice steps. */
const SHADOW = 0.12;
/** Thickest frame at the end of the picture, lattice steps. */
const FRAME = 0.08;
/** How far inwards of the others a stretch may end, lattice steps: more is a line of print, where paper shows between. */
const DENT = 0.25;
/**
 * Share of a line of pixels that print covers at most; where letters are bold and close together, over no more than the
 * height of a line of print (lattice steps), the gaps between them are fewer.
 */
const PRINTED_SHARE = 0.75;
const BOLD_SHARE = 0.95;
const BOLD_LINE = 0.8;

/**
 * Where along one side of the page the paper ends: per pixel along the side, the outermost pixel that is paper. `box` is
 * the paper in lattice steps. Medians over lines of pixels parallel to the side tell the edge from strokes that end there.
 */
export function traceEdge(page: Raster, stepPx: number, box: Box, side: Side): Int32Array {
  const { width, height } = page;
  const upright = side === 'left' || side === 'right';
  const outward = side === 'left' || side === 'top' ? -1 : 1;
  const depth = upright ? width : height;
  const length = upright ? height : width;
  const first =
    (side === 'left' ? box.x0 : side === 'right' ? box.x1 : side === 'top' ? box.y0 : box.y1) * stepPx;
  const edge = new Int32Array(length);
  const reached: number[] = [];
  const showsPaper: ((line: number) => boolean)[] = [];
  const from = (upright ? box.y0 : box.x0) * stepPx;
  const to = Math.min(length, (upright ? box.y1 : box.x1) * stepPx);
  const stretches = Math.max(1, Math.round((to - from) / (STRETCH * stepPx)));
  const last = depth - 1;
  for (let s = 0; s < stretches; s++) {
    const a = from + Math.floor((s * (to - from)) / stretches);
    const b = from + Math.floor(((s + 1) * (to - from)) / stretches);
    const inside = withinPage(Math.round(first - outward * INSIDE * stepPx), last);
    const paper = paperLevel(page, upright, inside, a, b, stepPx);
    const innermost = withinPage(Math.round(first - outward * INWARDS * stepPx), last);
    const outermost = withinPage(Math.round(first + outward * OUTWARDS * stepPx), last);
    const levels = new Map<number, number>();
    const levelOf = (line: number): number => {
      const level = levels.get(line) ?? levelAlong(page, upright, line, a, b);
      levels.set(line, level);
      return level;
    };
    const brightest = (line: number): number => {
      let level = 0;
      for (let d = 0; d <= GAP * stepPx; d++)
        level = Math.max(level, levelOf(withinPage(line + outward * d, last)));
      return level;
    };
    let at = innermost;
    while (at !== outermost && brightest(at) >= DIM_SHARE * paper) at += outward;
    // A thin dark line where the picture ends is a frame around the print: nothing lies beyond it.
    reached.push(
      Math.abs(at - outermost) <= FRAME * stepPx
        ? outermost
        : withinPage(at - outward * Math.ceil(SHADOW * stepPx), last),
    );
    showsPaper.push((line) => {
      let covered = 0;
      let solid = 0;
      const isDark = (beyond: number, share: number): boolean =>
        levelAlong(page, upright, beyond, a, b, share) < DIM_SHARE * paper;
      for (let beyond = at; beyond !== line; beyond += outward) {
        covered = isDark(beyond, PRINTED_SHARE) ? covered + 1 : 0;
        solid = covered > 0 && isDark(beyond, BOLD_SHARE) ? solid + 1 : 0;
        if (solid > GAP * stepPx || covered > BOLD_LINE * stepPx) return false;
      }
      return true;
    });
  }
  const usual = [...reached].sort(ascending)[stretches >> 1]!;
  for (let s = 0; s < stretches; s++) {
    const start = s === 0 ? 0 : from + Math.floor((s * (to - from)) / stretches);
    const end = s === stretches - 1 ? length : from + Math.floor(((s + 1) * (to - from)) / stretches);
    const isDent = outward * (usual - reached[s]!) > DENT * stepPx && showsPaper[s]!(usual);
    edge.fill(isDent ? usual : reached[s]!, start, end);
  }
  return edge;
}

/** Upper-quartile level of lines of pixels well inside: the paper between grid lines that run along the side. */
function paperLevel(
  page: Raster,
  upright: boolean,
  at: number,
  a: number,
  b: number,
  stepPx: number,
): number {
  const levels: number[] = [];
  const limit = (upright ? page.width : page.height) - 1;
  for (let d = -stepPx >> 1; d <= stepPx >> 1; d += 2) {
    levels.push(levelAlong(page, upright, Math.max(0, Math.min(limit, at + d)), a, b));
  }
  levels.sort(ascending);
  return levels[Math.floor(0.5 * levels.length)]!;
}

/** Brightness (sum of channels) along one line of pixels from `a` to `b` that a share of them does not exceed. */
function levelAlong(page: Raster, upright: boolean, at: number, a: number, b: number, share = 0.5): number {
  const { data, width, channels } = page;
  const counts = new Uint32Array(256 * channels);
  let total = 0;
  for (let along = a; along < b; along += 3) {
    const p = (upright ? along * width + at : at * width + along) * channels;
    let level = 0;
    for (let c = 0; c < channels; c++) level += data[p + c]!;
    counts[level]!++;
    total++;
  }
  let left = Math.floor(share * total);
  for (let level = 0; level < counts.length; level++) {
    left -= counts[level]!;
    if (left < 0) return level;
  }
  return 0;
}

function withinPage(line: number, last: number): number {
  return Math.max(0, Math.min(last, line));
}
