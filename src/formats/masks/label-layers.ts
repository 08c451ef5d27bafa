import type { PageMasks } from '../../core/mask/page-masks.ts';
import type { MaskWindow } from '../../core/mask/mask-window.ts';
import { labelOf } from './mask-label.ts';

/** Label maps of one page, one byte per pixel of the picture, row-major, 0 the ground. */
export interface LabelLayers {
  readonly width: number;
  readonly height: number;
  /** The first holds the lowest label of each pixel, the second the next one where traces share it, and so on. */
  readonly layers: readonly Uint8Array[];
  /** Pixels that belong to more than one label. */
  readonly sharedPixels: number;
}

/**
 * Masks as label maps. One map cannot say that two traces cross, so pixels of several labels go on in further layers: the
 * union of a label over all layers is its mask again. Always at least one layer; a byte per pixel and layer.
 */
export function toLabelLayers({ width, height, leads }: PageMasks): LabelLayers {
  const layers = [new Uint8Array(width * height)];
  let sharedPixels = 0;
  const labelled = leads.map((lead) => ({ label: labelOf(lead), mask: lead.mask }));
  for (const { label, mask } of labelled.sort((a, b) => a.label - b.label)) {
    for (let y = 0; y < mask.height; y++) {
      for (let x = 0; x < mask.width; x++) {
        if (mask.data[y * mask.width + x] === 0) continue;
        const at = (mask.y0 + y) * width + mask.x0 + x;
        // Of equal labels (two rhythm strips) one says it all; they come one after the other.
        for (let k = 0; ; k++) {
          const layer = (layers[k] ??= new Uint8Array(width * height));
          if (layer[at] === label) break;
          if (layer[at] !== 0) continue;
          layer[at] = label;
          if (k === 1) sharedPixels++;
          break;
        }
      }
    }
  }
  return { width, height, layers, sharedPixels };
}

/** The mask of each label that occurs in any of the layers, by label. */
export function fromLabelLayers({
  width,
  layers,
}: Pick<LabelLayers, 'width' | 'layers'>): Map<number, MaskWindow> {
  const boxes = new Map<number, [left: number, top: number, right: number, bottom: number]>();
  for (const layer of layers) {
    for (let at = 0; at < layer.length; at++) {
      const label = layer[at]!;
      if (label === 0) continue;
      const x = at % width;
      const y = (at - x) / width;
      const box = boxes.get(label);
      if (!box) boxes.set(label, [x, y, x, y]);
      else {
        if (x < box[0]) box[0] = x;
        if (y < box[1]) box[1] = y;
        if (x > box[2]) box[2] = x;
        if (y > box[3]) box[3] = y;
      }
    }
  }
  const masks = new Map<number, MaskWindow>();
  for (const [label, [left, top, right, bottom]] of [...boxes].sort(([a], [b]) => a - b)) {
    const columns = right - left + 1;
    const data = new Uint8Array(columns * (bottom - top + 1));
    for (const layer of layers) {
      for (let y = top; y <= bottom; y++) {
        for (let x = left; x <= right; x++) {
          if (layer[y * width + x] === label) data[(y - top) * columns + x - left] = 1;
        }
      }
    }
    masks.set(label, { x0: left, y0: top, width: columns, height: bottom - top + 1, data });
  }
  return masks;
}
