import type { Box, FloatRaster } from '../image/raster.ts';
import { findInkComponents } from '../lead/ink-components.ts';

/** Sizes, millimetres: what is smaller in both directions is a speck, what is larger is no letter and no word. */
const SPECK_MM = 0.45;
const TALLEST_MM = 26;
const LONGEST_MM = 110;
/** A ruled line: this long and thinner than that; it belongs to a table or is residue of the grid. */
const RULE_LENGTH_MM = 14;
const RULE_WIDTH_MM = 0.9;
/** Letters nearer than this share of their height (and at least, at most so many millimetres) share a line. */
const GAP_SHARE = 1.1;
const LEAST_GAP_MM = 0.8;
const MOST_GAP_MM = 4;
/** Lines need no more to belong together than to touch when grown by this much above and below. */
const RISE_MM = 0.25;
/** Less ink than this, or lower than that, is dirt. */
const LEAST_INK_MM2 = 0.45;
const LEAST_HEIGHT_MM = 0.9;
/** Lines of which a fax or a fold has left a strip only: so low, if of so many pieces. */
const STRIP_HEIGHT_MM = 0.5;
const STRIP_PIECES = 3;

/** A piece of print: letters that stand together. Canonical pixels. */
export interface Print {
  readonly box: Box;
  /** Connected pieces of ink: about its letters. */
  readonly pieces: number;
}

/**
 * Finds print in ink from which traces were taken (see `erasePaths`): connected pieces the size of letters or words,
 * grown by about the gap between letters and joined where they meet. Meant to miss nothing that could be read:
 * handwriting, stamps, tables and codes are found, too, and so are remains of traces, for a person to throw out.
 *
 * @param residue coverage 0..1 of ink that may be print
 * @param level coverage from which a pixel is ink
 */
export function findPrint(residue: FloatRaster, level: number, pxPerMm: number): Print[] {
  const { count, x0, y0, x1, y1, area } = findInkComponents(residue, level);
  const pieces: (Box & { readonly area: number; readonly grown: Box })[] = [];
  for (let c = 0; c < count; c++) {
    const width = (x1[c]! - x0[c]!) / pxPerMm;
    const height = (y1[c]! - y0[c]!) / pxPerMm;
    if (Math.max(width, height) < SPECK_MM || height > TALLEST_MM || width > LONGEST_MM) continue;
    if (Math.max(width, height) > RULE_LENGTH_MM && Math.min(width, height) < RULE_WIDTH_MM) continue;
    const gap =
      pxPerMm * Math.min(MOST_GAP_MM, Math.max(LEAST_GAP_MM, GAP_SHARE * Math.min(height, 6))) * 0.5;
    const rise = RISE_MM * pxPerMm;
    const box = { x0: x0[c]!, y0: y0[c]!, x1: x1[c]!, y1: y1[c]! };
    const grown = { x0: box.x0 - gap, y0: box.y0 - rise, x1: box.x1 + gap, y1: box.y1 + rise };
    pieces.push({ ...box, area: area[c]!, grown });
  }
  pieces.sort((a, b) => a.grown.x0 - b.grown.x0);
  const parent = pieces.map((_, i) => i);
  const rootOf = (i: number): number => {
    let root = i;
    while (parent[root] !== root) root = parent[root]!;
    parent[i] = root;
    return root;
  };
  let open: number[] = [];
  pieces.forEach(({ grown }, i) => {
    open = open.filter((j) => pieces[j]!.grown.x1 >= grown.x0);
    for (const j of open) {
      const other = pieces[j]!.grown;
      if (other.y0 <= grown.y1 && grown.y0 <= other.y1) parent[rootOf(j)] = rootOf(i);
    }
    open.push(i);
  });
  const groups = new Map<
    number,
    { x0: number; y0: number; x1: number; y1: number; area: number; n: number }
  >();
  pieces.forEach((piece, i) => {
    const root = rootOf(i);
    const group = groups.get(root) ?? {
      ...{ x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity },
      ...{ area: 0, n: 0 },
    };
    groups.set(root, {
      x0: Math.min(group.x0, piece.x0),
      y0: Math.min(group.y0, piece.y0),
      x1: Math.max(group.x1, piece.x1),
      y1: Math.max(group.y1, piece.y1),
      area: group.area + piece.area,
      n: group.n + 1,
    });
  });
  return [...groups.values()].flatMap(({ area: ink, n, ...box }) =>
    ink < LEAST_INK_MM2 * pxPerMm * pxPerMm ||
    box.y1 - box.y0 < (n >= STRIP_PIECES ? STRIP_HEIGHT_MM : LEAST_HEIGHT_MM) * pxPerMm
      ? []
      : [{ box, pieces: n }],
  );
}
