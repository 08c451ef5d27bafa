import type { Random } from '../../../core/synthesis/random.ts';

export interface AugmentOptions {
  readonly patchPx: number;
  readonly classes: number;
  /** Planes of the weight that a patch has, and that the batch takes: 1 when absent, or one per class. */
  readonly weightPlanes?: { readonly patch: number; readonly batch: number };
  /** Largest change of brightness, contrast and colour, as a share of the full range. */
  readonly colourJitter: number;
}

/**
 * Copies a patch into place `index` of a batch, mirrored and coloured at random. Only the picture changes colour;
 * targets and weight are mirrored with it.
 */
export function copyAugmented(
  patch: Uint8Array,
  batch: { readonly image: Uint8Array; readonly target: Uint8Array; readonly weight: Uint8Array },
  index: number,
  random: Random,
  options: AugmentOptions,
): void {
  const { patchPx, classes, colourJitter, weightPlanes = { patch: 1, batch: 1 } } = options;
  const area = patchPx * patchPx;
  const flipX = random.chance(0.5);
  const flipY = random.chance(0.5);
  const copy = (plane: number, into: Uint8Array, to: number, table: Uint8Array | null): void => {
    for (let y = 0; y < patchPx; y++) {
      const from = plane * area + (flipY ? patchPx - 1 - y : y) * patchPx;
      const row = to * area + y * patchPx;
      for (let x = 0; x < patchPx; x++) {
        const value = patch[from + (flipX ? patchPx - 1 - x : x)]!;
        into[row + x] = table ? table[value]! : value;
      }
    }
  };
  const contrast = 1 + random.uniform(-colourJitter, colourJitter);
  const brightness = 255 * random.uniform(-colourJitter, colourJitter);
  // One gain per channel: a change of the light's colour.
  for (let c = 0; c < 3; c++) {
    const gain = contrast * (1 + random.uniform(-colourJitter, colourJitter) / 2);
    const table = new Uint8Array(256);
    for (let v = 0; v < 256; v++) {
      table[v] = Math.max(0, Math.min(255, Math.round((v - 128) * gain + 128 + brightness)));
    }
    copy(c, batch.image, index * 3 + c, table);
  }
  for (let c = 0; c < classes; c++) copy(3 + c, batch.target, index * classes + c, null);
  for (let w = 0; w < weightPlanes.batch; w++) {
    const from = 3 + classes + Math.min(w, weightPlanes.patch - 1);
    copy(from, batch.weight, index * weightPlanes.batch + w, null);
  }
}
