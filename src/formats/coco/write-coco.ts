import { maskWindowArea } from '../../core/mask/mask-window.ts';
import type { PageMasks, PageOutline } from '../../core/mask/page-masks.ts';
import { LEAD_NAMES } from '../../shared/lead-name.ts';
import { toRunLengths } from '../masks/run-lengths.ts';
import type { CocoAnnotation, CocoImage } from './coco-file.ts';
import { writeRleString } from './rle-string.ts';

/** Ids of categories: leads are 1 to 12 whether printed short or as a rhythm strip (see `attributes.role`). */
const OUTLINE_CATEGORY: Readonly<Record<PageOutline['kind'], number>> = { text: 14, paper: 15, pulse: 16 };

/** The categories of every file that is written. */
export const COCO_CATEGORIES = [
  ...LEAD_NAMES.map((name, i) => ({ id: i + 1, name, supercategory: 'trace' })),
  { id: OUTLINE_CATEGORY.text, name: 'text', supercategory: 'print' },
  { id: OUTLINE_CATEGORY.paper, name: 'grid', supercategory: 'print' },
  { id: OUTLINE_CATEGORY.pulse, name: 'calibration pulse', supercategory: 'print' },
] as const;

/** Annotations of one picture at most, so that ids follow from that of the picture. */
const PER_IMAGE = 1000;

/** One picture and what is known of it. */
export interface CocoPage {
  readonly image: CocoImage;
  readonly annotations: readonly CocoAnnotation[];
}

/**
 * A page as COCO has it: each stretch of a lead with its mask as compressed run lengths, box and area; paper, text and
 * calibration pulses as polygons. Crossing traces share their pixels.
 *
 * @param imageId from 1
 */
export function toCocoPage(masks: PageMasks, imageId: number, fileName: string): CocoPage {
  const { width, height } = masks;
  const first = imageId * PER_IMAGE;
  const leads = masks.leads.map((stretch, i): CocoAnnotation => {
    const { x0, y0, width: columns, height: rows } = stretch.mask;
    return {
      id: first + i,
      image_id: imageId,
      category_id: LEAD_NAMES.indexOf(stretch.lead) + 1,
      segmentation: { size: [height, width], counts: writeRleString(toRunLengths(stretch.mask, masks)) },
      bbox: [x0, y0, columns, rows],
      area: maskWindowArea(stretch.mask),
      iscrowd: 0,
      attributes: {
        cell: stretch.cellId,
        role: stretch.role,
        start_seconds: stretch.startSeconds,
        end_seconds: stretch.endSeconds,
      },
    };
  });
  const outlines = masks.outlines.slice(0, PER_IMAGE - leads.length).map((outline, i): CocoAnnotation => {
    const xs = outline.polygon.map(([x]) => x + 0.5);
    const ys = outline.polygon.map(([, y]) => y + 0.5);
    const left = Math.min(...xs);
    const top = Math.min(...ys);
    return {
      id: first + leads.length + i,
      image_id: imageId,
      category_id: OUTLINE_CATEGORY[outline.kind],
      segmentation: [xs.flatMap((x, k) => [x, ys[k]!])],
      bbox: [left, top, tenth(Math.max(...xs) - left), tenth(Math.max(...ys) - top)],
      area: tenth(polygonArea(xs, ys)),
      iscrowd: 0,
      ...(outline.text === null ? {} : { attributes: { text: outline.text } }),
    };
  });
  return { image: { id: imageId, file_name: fileName, width, height }, annotations: [...leads, ...outlines] };
}

/** A whole file of pages. For many pages put {@link cocoFrame} around what `toCocoPage` gave, piece by piece. */
export function writeCoco(pages: readonly CocoPage[], description: string): string {
  const frame = cocoFrame(description);
  const json = (items: readonly unknown[]): string => items.map((item) => JSON.stringify(item)).join(',\n');
  const images = json(pages.map(({ image }) => image));
  return (
    frame.head + images + frame.middle + json(pages.flatMap(({ annotations }) => annotations)) + frame.tail
  );
}

/** What stands before the images, between images and annotations, and after them. */
export function cocoFrame(description: string): {
  readonly head: string;
  readonly middle: string;
  readonly tail: string;
} {
  const info = JSON.stringify({ description, version: '1' });
  const categories = COCO_CATEGORIES.map((category) => JSON.stringify(category)).join(',\n');
  return {
    head: `{"info":${info},\n"licenses":[],\n"categories":[\n${categories}\n],\n"images":[\n`,
    middle: '\n],\n"annotations":[\n',
    tail: '\n]}\n',
  };
}

function polygonArea(xs: readonly number[], ys: readonly number[]): number {
  let twice = 0;
  xs.forEach((x, i) => {
    const next = (i + 1) % xs.length;
    twice += x * ys[next]! - xs[next]! * ys[i]!;
  });
  return Math.abs(twice) / 2;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
