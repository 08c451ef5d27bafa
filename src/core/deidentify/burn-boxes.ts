import type { Box, Raster } from '../image/raster.ts';
import { ascending } from '../../shared/ascending.ts';

/** Width of the frame around a box from which its filling is taken, pixels: a large square at 200 dpi. */
const FRAME_PX = 40;
/** Ink is darker than the grid; a filling is no darker than this share of the frame's brightness order. */
const DARKEST_SHARE = 0.04;
/** A line that goes on is dark in more than this share of its column (or row) in the frame; print is not. */
const LINE_SHARE = 0.6;
/** Paper is the bright side of the frame. */
const PAPER_SHARE = 0.7;

/**
 * Takes what is printed in boxes out of a picture: every pixel of a box gets a colour that is worked out from pixels
 * outside of all boxes alone, so nothing of what stood there can be had back. Grid lines go on: a pixel is as much
 * darker than paper as its column is above and below the box, and as its row is at the sides. All other pixels stay to
 * the bit.
 *
 * @param boxes image pixels, ends exclusive; may overlap and reach beyond the picture
 * @returns a new picture
 *
 * Cost: O(pixels of the boxes and their frames), about 30 ms for the header of a 2200x1700 page.
 */
export function burnBoxes(raster: Raster, boxes: readonly Box[]): Raster {
  const { width, height, channels } = raster;
  const inside = boxes.flatMap((box) => clipped(box, width, height) ?? []);
  const hidden = new Uint8Array(width * height);
  for (const { x0, y0, x1, y1 } of inside) {
    for (let y = y0; y < y1; y++) hidden.fill(1, y * width + x0, y * width + x1);
  }
  const data = raster.data.slice();
  const whole = { x0: 0, y0: 0, x1: width, y1: height };
  let page: number[] | null = null;
  for (const box of inside) {
    for (let channel = 0; channel < channels; channel++) {
      const seen = frameValues(raster, hidden, box, channel);
      if (seen.length === 0) {
        page ??= Array.from({ length: channels }, (_, c) => shareOf(sampled(raster, hidden, whole, c), 0.5));
        fill(data, raster, box, channel, () => page![channel]!);
        continue;
      }
      const paper = Math.max(1, shareOf(seen, PAPER_SHARE));
      const darkest = shareOf(seen, DARKEST_SHARE);
      const columns = profile(raster, hidden, box, channel, 'columns', paper);
      const rows = profile(raster, hidden, box, channel, 'rows', paper);
      fill(data, raster, box, channel, (x, y) =>
        Math.max(darkest, Math.min(255, (columns[x - box.x0]! * rows[y - box.y0]!) / paper)),
      );
    }
  }
  return { data, width, height, channels };
}

function fill(
  data: Uint8Array,
  { width, channels }: Raster,
  { x0, y0, x1, y1 }: Box,
  channel: number,
  colour: (x: number, y: number) => number,
): void {
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) data[(y * width + x) * channels + channel] = Math.round(colour(x, y));
  }
}

/** Brightness of each column above and below the box, or of each row left and right of it; paper where hidden. */
function profile(
  { data, width, height, channels }: Raster,
  hidden: Uint8Array,
  { x0, y0, x1, y1 }: Box,
  channel: number,
  along: 'columns' | 'rows',
  paper: number,
): Float64Array {
  const [from, to] = along === 'columns' ? [x0, x1] : [y0, y1];
  const [near, far, end] = along === 'columns' ? [y0, y1, height] : [x0, x1, width];
  const result = new Float64Array(to - from);
  const values: number[] = [];
  for (let line = from; line < to; line++) {
    values.length = 0;
    for (let k = 1; k <= FRAME_PX; k++) {
      for (const across of [near - k, far - 1 + k]) {
        if (across < 0 || across >= end) continue;
        const at = along === 'columns' ? across * width + line : line * width + across;
        if (hidden[at] === 0) values.push(data[at * channels + channel]!);
      }
    }
    result[line - from] = values.length > 0 ? shareOf(values, LINE_SHARE) : paper;
  }
  return result;
}

/** Brightnesses in the frame of a box, as far as they are hidden by no box. */
function frameValues(raster: Raster, hidden: Uint8Array, box: Box, channel: number): number[] {
  const { width, height } = raster;
  const outer = clipped(
    { x0: box.x0 - FRAME_PX, y0: box.y0 - FRAME_PX, x1: box.x1 + FRAME_PX, y1: box.y1 + FRAME_PX },
    width,
    height,
  )!;
  return sampled(raster, hidden, outer, channel);
}

/** At most some thousands of the pixels of a box that no box hides. */
function sampled({ data, width, channels }: Raster, hidden: Uint8Array, box: Box, channel: number): number[] {
  const values: number[] = [];
  const area = (box.x1 - box.x0) * (box.y1 - box.y0);
  const step = Math.max(1, Math.floor(Math.sqrt(area / 40_000)));
  for (let y = box.y0; y < box.y1; y += step) {
    for (let x = box.x0; x < box.x1; x += step) {
      if (hidden[y * width + x] === 0) values.push(data[(y * width + x) * channels + channel]!);
    }
  }
  return values;
}

function shareOf(values: number[], share: number): number {
  if (values.length === 0) return 255;
  values.sort(ascending);
  return values[Math.min(values.length - 1, Math.floor(share * values.length))]!;
}

function clipped({ x0, y0, x1, y1 }: Box, width: number, height: number): Box | null {
  const box = {
    x0: Math.max(0, Math.floor(x0)),
    y0: Math.max(0, Math.floor(y0)),
    x1: Math.min(width, Math.ceil(x1)),
    y1: Math.min(height, Math.ceil(y1)),
  };
  return box.x1 > box.x0 && box.y1 > box.y0 ? box : null;
}
