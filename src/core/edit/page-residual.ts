import type { Box } from '../image/raster.ts';
import { canonicalToImage } from '../page/warp-map.ts';
import { drawPathMask } from './mask-from-path.ts';
import { setMask, type MaskTiles, type TouchedTiles } from './mask-tiles.ts';
import type { PageEditor } from './page-editor.ts';
import { PROVENANCE } from './provenance.ts';

/** What the traces do not explain of the ink, and what they claim where there is none; image pixels. */
export interface PageResidual {
  readonly missed: MaskTiles;
  readonly invented: MaskTiles;
}

/** Share of ink from which a pixel is inked, and below which a stroke stands on bare paper. */
const INK = 0.5;
const BARE = 0.25;
/** How far beyond a stroke its blur still belongs to it, pixels. */
const EDGE_PX = 2;
/** Patches smaller than this are specks, square millimetres. */
const LEAST_MM2 = 0.35;

/**
 * Compares the traces of a page with its ink: strokes that no lead explains were missed, stretches without ink under them
 * were invented (bridged ones included). Printed marks are left out. About 40 ms for 2200x1700.
 */
export function pageResidual(editor: PageEditor): PageResidual {
  return { missed: missedInk(editor), invented: inventedTrace(editor) };
}

function missedInk(editor: PageEditor): MaskTiles {
  const { ground, evidence } = editor;
  const { data, width, height } = evidence.ink.coverage;
  const layout = editor.layout();
  const first = layout.cells[0];
  const mask: MaskTiles = new Map();
  if (!first) return mask;
  const { bits } = editor.claims(first.id).claims;
  const pxPerMm = ground.rectification.canonicalPxPerMm;
  const top = Math.max(EDGE_PX, Math.floor(Math.min(...layout.cells.map(({ y0 }) => y0))));
  const bottom = Math.min(height - EDGE_PX, Math.ceil(Math.max(...layout.cells.map(({ y1 }) => y1))));
  const left = Math.max(EDGE_PX, Math.floor(Math.min(...layout.cells.map(({ x0 }) => x0))));
  const right = Math.min(width - EDGE_PX, Math.ceil(Math.max(...layout.cells.map(({ x1 }) => x1))));
  const open = new Uint8Array(width * height);
  for (let y = top; y < bottom; y++) {
    for (let at = y * width + left; at < y * width + right; at++) {
      if (data[at]! < INK) continue;
      const near = bits[at]! | bits[at - EDGE_PX]! | bits[at + EDGE_PX]!;
      if ((near | bits[at - EDGE_PX * width]! | bits[at + EDGE_PX * width]!) === 0) open[at] = 1;
    }
  }
  for (const box of printedBoxes(editor)) clear(open, width, height, box, 0.5 * pxPerMm);
  const touched: TouchedTiles = new Map();
  const size = Math.ceil(ground.rectification.pxPerMmX / pxPerMm);
  for (const patch of patches(open, width, LEAST_MM2 * pxPerMm * pxPerMm)) {
    for (const at of patch) {
      const [x, y] = canonicalToImage(ground.rectification.warp, at % width, Math.floor(at / width));
      for (let dy = 0; dy < size; dy++) {
        for (let dx = 0; dx < size; dx++) {
          const px = Math.round(x) + dx;
          const py = Math.round(y) + dy;
          if (px >= 0 && py >= 0 && px < ground.width && py < ground.height)
            setMask(mask, px, py, 1, touched);
        }
      }
    }
  }
  return mask;
}

function printedBoxes(editor: PageEditor): Box[] {
  const { text, pulses, separators, cells } = editor.layout();
  return [
    ...text.map(({ box }) => box),
    ...pulses.map(({ box }) => box),
    ...separators,
    ...cells.flatMap(({ labelBox }) => labelBox ?? []),
  ];
}

function clear(open: Uint8Array, width: number, height: number, box: Box, by: number): void {
  const x0 = Math.max(0, Math.floor(box.x0 - by));
  const x1 = Math.min(width, Math.ceil(box.x1 + by));
  for (let y = Math.max(0, Math.floor(box.y0 - by)); y < Math.min(height, box.y1 + by); y++) {
    if (x1 > x0) open.fill(0, y * width + x0, y * width + x1);
  }
}

/** Connected patches of at least so many pixels; `open` is used up. */
function patches(open: Uint8Array, width: number, least: number): number[][] {
  const found: number[][] = [];
  for (let start = 0; start < open.length; start++) {
    if (open[start] === 0) continue;
    const patch = [start];
    open[start] = 0;
    for (const at of patch) {
      for (const next of [at - 1, at + 1, at - width, at + width]) {
        if (open[next] !== 1) continue;
        open[next] = 0;
        patch.push(next);
      }
    }
    if (patch.length >= least) found.push(patch);
  }
  return found;
}

function inventedTrace(editor: PageEditor): MaskTiles {
  const { coverage } = editor.evidence.ink;
  const { width, height } = coverage;
  const mask: MaskTiles = new Map();
  for (const { id } of editor.layout().cells) {
    const path = editor.path(id);
    if (!path) continue;
    const { x0, fineY, samplesPerPx: s, provenance } = path;
    const bare = new Float32Array(fineY.length).fill(Number.NaN);
    let any = false;
    for (let column = 0; column < provenance.length; column++) {
      const x = x0 + column;
      const y = Math.round(fineY[column * s]!);
      if (!(y >= 1 && y < height - 1 && x >= 0 && x < width)) continue;
      const ink = Math.max(...[-1, 0, 1].map((off) => coverage.data[(y + off) * width + x]!));
      if (ink >= BARE) continue;
      any = true;
      bare.set(fineY.subarray(column * s, column * s + s + 1), column * s);
    }
    if (!any) continue;
    const drawn = {
      ...path,
      fineY: bare,
      provenance: new Uint8Array(provenance.length).fill(PROVENANCE.humanBridged),
    };
    const all = { from: x0, to: x0 + provenance.length - 1, value: 1 as const };
    drawPathMask(mask, drawn, coverage, editor.ground, new Map(), all);
  }
  return mask;
}
