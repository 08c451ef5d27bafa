import type { PageTextBox, PageTextBoxes, TextBoxKind } from '../../shared/api/text-boxes.ts';
import type { Digitization } from '../digitization.ts';
import type { Box } from '../image/raster.ts';
import { findTextLines } from '../lead/find-text-lines.ts';
import type { Layout } from '../lead/layout.ts';
import { imageOutline } from '../page-view/image-outline.ts';
import type { WarpMap } from '../page/rectification.ts';
import { decodeJson, TEXT_KEY, type EditDocuments } from './edit-documents.ts';

/** Room about the ink of print, so that nothing of a letter's edge stays outside its box, millimetres. */
const ROOM_MM = 0.5;

const KINDS = { 'lead-label': 'lead-label', speed: 'scale', gain: 'scale', other: 'other' } as const;

/**
 * The print on a page as people left it; as the machine found it, not reviewed, where nobody has changed it. Boxes lie in
 * the pixels of the decoded picture, so that they hold for every reading of it.
 */
export function textBoxesOf(base: Digitization, documents: EditDocuments): PageTextBoxes {
  const document = documents.get(TEXT_KEY);
  if (document) return decodeJson<PageTextBoxes>(document);
  return { reviewed: false, boxes: base.layout && base.rectification ? foundTextBoxes(base) : [] };
}

/**
 * Print that was found, as boxes of image pixels: lead labels and printed scales one by one, the rest by lines. Lines above
 * the first row of leads, where the patient's name is printed, count as identity until somebody says otherwise.
 */
export function foundTextBoxes(page: Digitization): PageTextBox[] {
  const { layout, rectification, imageWidth, imageHeight } = page;
  if (!layout || !rectification) return [];
  const { canonicalPxPerMm, warp } = rectification;
  const room = ROOM_MM * canonicalPxPerMm;
  const known = layout.text.filter(({ kind }) => kind !== 'other');
  // A label is found once as a label, and once more as a word.
  const words = layout.text.filter(
    ({ kind, box }) => kind === 'other' && !known.some((other) => covers(other.box, box)),
  );
  const lines = findTextLines(words.map(({ box }) => ({ box, letters: [], bars: false })));
  const head = headBottom(layout);
  const found: { box: Box; kind: TextBoxKind; text: string }[] = [
    ...known.map(({ box, kind, text }) => ({ box, kind: KINDS[kind], text })),
    ...lines.map(({ box }): { box: Box; kind: TextBoxKind; text: string } => {
      return { box, kind: box.y1 <= head ? 'identity' : 'other', text: '' };
    }),
  ];
  return found.flatMap(({ box, kind, text }, i): PageTextBox[] => {
    const bounds = imageBounds(warp, box, room, imageWidth, imageHeight);
    return bounds ? [{ id: `t${i}`, kind, text, ...bounds }] : [];
  });
}

/** Row above which nothing of the leads is printed: their uppermost label, or zero line. */
function headBottom({ cells, text }: Layout): number {
  const labels = text.filter(({ kind }) => kind === 'lead-label').map(({ box }) => box.y0);
  const first = Math.min(...cells.map(({ baselineY }) => baselineY));
  return Math.min(first, ...labels);
}

/** Whether most of one box lies in another. */
function covers(outer: Box, inner: Box): boolean {
  const width = Math.min(outer.x1, inner.x1) - Math.max(outer.x0, inner.x0);
  const height = Math.min(outer.y1, inner.y1) - Math.max(outer.y0, inner.y0);
  const area = (inner.x1 - inner.x0) * (inner.y1 - inner.y0);
  return width > 0 && height > 0 && width * height > 0.5 * area;
}

function imageBounds(warp: WarpMap, box: Box, room: number, width: number, height: number): Box | null {
  const { x0, y0, x1, y1 } = box;
  const outline = imageOutline(warp, { x0: x0 - room, y0: y0 - room, x1: x1 + room, y1: y1 + room });
  const xs = outline.map(([x]) => x);
  const ys = outline.map(([, y]) => y);
  const bounds = {
    x0: Math.max(0, Math.floor(Math.min(...xs))),
    y0: Math.max(0, Math.floor(Math.min(...ys))),
    x1: Math.min(width, Math.ceil(Math.max(...xs))),
    y1: Math.min(height, Math.ceil(Math.max(...ys))),
  };
  return bounds.x1 > bounds.x0 && bounds.y1 > bounds.y0 ? bounds : null;
}
