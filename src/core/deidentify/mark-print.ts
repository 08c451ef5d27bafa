import type { Digitization } from '../digitization.ts';
import type { Box, FloatRaster } from '../image/raster.ts';
import { evenInk } from '../lead/even-ink.ts';
import type { InkMap } from '../mask/ink-map.ts';
import { imageOutline } from '../page-view/image-outline.ts';
import type { Rectification } from '../page/rectification.ts';
import { erasePaths } from './erase-paths.ts';
import { findPrint } from './find-print.ts';
import { joinLines } from './join-lines.ts';
import type { MarkedPrint, PrintKind } from './plan-redaction.ts';
import { printLevel } from './print-level.ts';

/** Room about the ink of print, so that nothing of a letter's edge stays outside its box, millimetres. */
const ROOM_MM = 0.6;
/** Pulses and marks between columns lie within so much of where they were found, millimetres. */
const MARK_MM = 1;
/** Share of a piece of print that a known box must cover for it to be what that box is. */
const SAME = 0.5;
const KINDS = { 'lead-label': 'lead-label', speed: 'scale', gain: 'scale' } as const;

/**
 * Marks all print on a page, in pixels of its picture, for a person to review: names of leads and printed scales as
 * the digitizer read them, and everything else, taken for `identity`: whoever marks a calibration note by mistake loses
 * a note, whoever misses a name gives a patient away. A page that was digitized in vain is marked all the same, from its
 * ink alone.
 *
 * @param ink of the canonical page (`extractInk`), with what a model sees where one looked
 * @param page what was read; only its layout and paths are used
 */
export function markPrint(
  ink: InkMap,
  rectification: Rectification,
  page: Pick<Digitization, 'layout' | 'paths' | 'imageWidth' | 'imageHeight'>,
): MarkedPrint {
  const pxPerMm = rectification.canonicalPxPerMm;
  const known = (page.layout?.text ?? []).flatMap(({ box, kind }) =>
    kind === 'other' ? [] : [{ box, kind: KINDS[kind] }],
  );
  const marks = [
    ...(page.layout?.pulses ?? []).map(({ box }) => box),
    ...(page.layout?.separators ?? []),
  ].map((box) => grown(box, MARK_MM * pxPerMm));
  const alone = erasePaths(evenInk(ink.coverage), page.paths, pxPerMm);
  const level = printLevel(alone);
  const residue = withLettering(alone, ink, level);
  const others = joinLines(findPrint(residue, level, pxPerMm)).flatMap(({ box }) =>
    marks.some((mark) => covers(mark, box)) || known.some((one) => covers(one.box, box))
      ? []
      : [{ box, kind: 'identity' as PrintKind }],
  );
  const boxes = [...known, ...others].flatMap(({ box, kind }) => {
    const bounds = imageBounds(grown(box, ROOM_MM * pxPerMm), rectification, page);
    return bounds ? [{ ...bounds, kind }] : [];
  });
  return { reviewed: false, boxes };
}

/** What a model takes for lettering is print, even where it crosses a trace. */
function withLettering(residue: FloatRaster, { kinds }: InkMap, level: number): FloatRaster {
  if (!kinds) return residue;
  const { data } = residue;
  const lettering = kinds.lettering.data;
  for (let i = 0; i < data.length; i++) if (lettering[i]! >= 0.5) data[i] = Math.max(data[i]!, level);
  return residue;
}

function grown({ x0, y0, x1, y1 }: Box, by: number): Box {
  return { x0: x0 - by, y0: y0 - by, x1: x1 + by, y1: y1 + by };
}

function covers(outer: Box, inner: Box): boolean {
  const width = Math.min(outer.x1, inner.x1) - Math.max(outer.x0, inner.x0);
  const height = Math.min(outer.y1, inner.y1) - Math.max(outer.y0, inner.y0);
  return width > 0 && height > 0 && width * height > SAME * (inner.x1 - inner.x0) * (inner.y1 - inner.y0);
}

function imageBounds(
  box: Box,
  { warp }: Rectification,
  { imageWidth, imageHeight }: Pick<Digitization, 'imageWidth' | 'imageHeight'>,
): Box | null {
  const outline = imageOutline(warp, box);
  const xs = outline.map(([x]) => x);
  const ys = outline.map(([, y]) => y);
  const bounds = {
    x0: Math.max(0, Math.floor(Math.min(...xs))),
    y0: Math.max(0, Math.floor(Math.min(...ys))),
    x1: Math.min(imageWidth, Math.ceil(Math.max(...xs)) + 1),
    y1: Math.min(imageHeight, Math.ceil(Math.max(...ys)) + 1),
  };
  return bounds.x1 > bounds.x0 && bounds.y1 > bounds.y0 ? bounds : null;
}
