import type { LineDensity } from './line-density.ts';

const NEIGHBOURS = 4;
/** A level so faint that it may always be taken away. */
const FAINT = 0.04;
/** How much darker than its fellows a line may be. */
const LENIENT = 1.08;
/** Blocks to either side along the line that must show it too. */
const ALONG = 8;

/**
 * Limits every line to what its fellows one, two, ... grid periods away show, so that a flat trace lying along a grid
 * line is not taken for the line itself. Without a period nothing but the page's median level is left. Returns a new field. About 10 ms for 2200x1700.
 *
 * @param periodPx spacing of equal lines (5 mm of paper); Infinity when the page has no known grid
 */
export function capByPeriod(lines: LineDensity, periodPx: number): LineDensity {
  return {
    ...lines,
    data: capLevels(lines, lines.data, periodPx, LENIENT),
    dots: capLevels(lines, lines.dots, periodPx, 1),
  };
}

function capLevels(lines: LineDensity, data: Float32Array, periodPx: number, leniency: number): Float32Array {
  const { blocks } = lines;
  const capped = new Float32Array(data.length);
  const fellows = new Float32Array(2 * NEIGHBOURS);
  const floor = Float32Array.from(data).sort()[data.length >> 1] ?? 0;
  for (let line = 0; line < lines.lines; line++) {
    for (let block = 0; block < blocks; block++) {
      const own = data[line * blocks + block]!;
      if (own <= FAINT && periodPx < Infinity) {
        capped[line * blocks + block] = own;
        continue;
      }
      let count = 0;
      for (let m = 1; m <= NEIGHBOURS; m++) {
        const below = levelNear(lines, data, line - m * periodPx, block);
        const above = levelNear(lines, data, line + m * periodPx, block);
        if (below === below) fellows[count++] = below;
        if (above === above) fellows[count++] = above;
      }
      if (count === 0) {
        capped[line * blocks + block] = Math.min(own, floor);
        continue;
      }
      const known = fellows.subarray(0, count).sort();
      const limit = Math.max(0, known[count >> 1]!) * leniency + FAINT;
      capped[line * blocks + block] = Math.min(own, limit, alongLine(data, line, blocks, block));
    }
  }
  return capped;
}

/** What the rest of the same line allows: a line runs on, a stroke beside it does not. */
function alongLine(data: Float32Array, line: number, blocks: number, block: number): number {
  if (blocks < 4) return Infinity;
  const rest: number[] = [];
  for (let at = Math.max(0, block - ALONG); at <= Math.min(blocks - 1, block + ALONG); at++) {
    if (at !== block) rest.push(data[line * blocks + at]!);
  }
  rest.sort((a, b) => a - b);
  return Math.max(0, rest[Math.floor(0.25 * rest.length)]!) * 1.15 + FAINT;
}

/** The darker of the two pixels around `position`: periods are not whole pixels. */
function levelNear(lines: LineDensity, data: Float32Array, position: number, block: number): number {
  const before = Math.floor(position + 0.25);
  if (!(before >= 0 && before < lines.lines - 1)) return Number.NaN;
  const i = before * lines.blocks + block;
  const here = data[i]!;
  const phase = position - before;
  const next = data[i + lines.blocks]!;
  return phase < 0.25 ? here : Math.max(here, next);
}
