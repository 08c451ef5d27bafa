import type { LineDensity } from './line-density.ts';

const NEIGHBOURS = 4;
/** A level so faint that it may always be taken away. */
const FAINT = 0.04;
/** How much darker than its fellows a line may be. */
const LENIENT = 1.08;
/** Blocks to either side along the line that must show it too. */
const ALONG = 8;
/** Share of a lonely line's level that its paler parts must have, or it is none. */
const UNBROKEN = 0.5;

/**
 * Limits every line to what its fellows one, two, ... grid periods away show, so that a flat trace lying along a grid
 * line is not taken for the line itself. Without a period nothing but the page's median level is left. Returns a new
 * field. About 10 ms for 2200x1700.
 *
 * @param periodPx spacing of equal lines (5 mm of paper); Infinity when the page has no known grid
 * @param lonely what to do with lines unlike their fellows: `'keep'` them in the picture (a trace may run along), or
 *   `'take'` them for print when they cross nearly the whole page without a gap (no trace does that downwards; the legs of
 *   calibration pulses, one below the other, have gaps)
 */
export function capByPeriod(lines: LineDensity, periodPx: number, lonely: 'keep' | 'take'): LineDensity {
  return {
    ...lines,
    data: capLevels(lines, lines.data, periodPx, LENIENT, lonely),
    dots: capLevels(lines, lines.dots, periodPx, 1, 'keep'),
  };
}

function capLevels(
  lines: LineDensity,
  data: Float32Array,
  periodPx: number,
  leniency: number,
  lonely: 'keep' | 'take',
): Float32Array {
  const { blocks } = lines;
  const capped = new Float32Array(data.length);
  const floor = Float32Array.from(data).sort()[data.length >> 1] ?? 0;
  for (let line = 0; line < lines.lines; line++) {
    for (let block = 0; block < blocks; block++) {
      const own = data[line * blocks + block]!;
      const isFaint = own <= FAINT && periodPx < Infinity;
      capped[line * blocks + block] = isFaint
        ? own
        : Math.min(own, limitOf(lines, data, line, block, periodPx, leniency, lonely) ?? floor);
    }
  }
  return capped;
}

/** What its fellows, and the rest of the line itself, allow a line in one block; null where it has no fellows. */
function limitOf(
  lines: LineDensity,
  data: Float32Array,
  line: number,
  block: number,
  periodPx: number,
  leniency: number,
  lonely: 'keep' | 'take',
): number | null {
  const fellows = new Float32Array(2 * NEIGHBOURS);
  let count = 0;
  for (let m = 1; m <= NEIGHBOURS; m++) {
    const below = levelNear(lines, data, line - m * periodPx, block);
    const above = levelNear(lines, data, line + m * periodPx, block);
    if (below === below) fellows[count++] = below;
    if (above === above) fellows[count++] = above;
  }
  if (count === 0) return null;
  const known = fellows.subarray(0, count).sort();
  const limit = Math.max(0, known[count >> 1]!) * leniency + FAINT;
  const { usual, least } = alongLine(data, line, lines.blocks, block);
  const isTaken =
    lonely === 'take' && alongLine(lines.unbroken, line, lines.blocks, block).least >= UNBROKEN * least;
  return Math.min(isTaken ? Math.max(limit, least) : limit, usual);
}

/** What the rest of the same line allows: a line runs on, a stroke beside it does not. */
function alongLine(
  data: Float32Array,
  line: number,
  blocks: number,
  block: number,
): { usual: number; least: number } {
  if (blocks < 4) return { usual: Infinity, least: 0 };
  const from = Math.max(0, block - ALONG);
  const rest = data.slice(line * blocks + from, line * blocks + Math.min(blocks, block + ALONG + 1)).sort();
  const usual = Math.max(0, rest[Math.floor(0.25 * rest.length)]!) * 1.15 + FAINT;
  return { usual, least: rest.length >= ALONG ? rest[Math.floor(0.1 * rest.length)]! : 0 };
}

/** The darkest level within a pixel of `position`: periods are not whole pixels and lines wander a little. */
function levelNear(lines: LineDensity, data: Float32Array, position: number, block: number): number {
  const centre = Math.round(position);
  if (!(centre >= 1 && centre < lines.lines - 1)) return Number.NaN;
  const i = centre * lines.blocks + block;
  return Math.max(data[i]!, data[i - lines.blocks]!, data[i + lines.blocks]!);
}
