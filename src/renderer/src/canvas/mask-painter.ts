import { TILE_PX, tilePlace, type MaskTiles } from '../../../core/edit/mask-tiles.ts';

/** A lead's mask to paint. */
export interface PaintedMask {
  readonly cellId: string;
  readonly mask: MaskTiles;
  /** Red, green, blue, 0..255. */
  readonly colour: readonly [number, number, number];
  /** 0..1. */
  readonly opacity: number;
}

/** Paints masks from pictures of their tiles, which are made once and again when a tile changes. */
export interface MaskPainter {
  /** Paints into a context in image pixels what lies in a box of image pixels; 50 us per tile in sight. */
  paint(
    context: CanvasRenderingContext2D,
    masks: readonly PaintedMask[],
    box: { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number },
  ): void;
  /** Makes tiles of a lead anew; all of them when `names` is absent. */
  forget(cellId: string, names?: Iterable<string>): void;
  clear(): void;
}

export function createMaskPainter(): MaskPainter {
  const pictures = new Map<string, Map<string, OffscreenCanvas>>();

  function pictureOf({ cellId, colour }: PaintedMask, name: string, tile: Uint8Array): OffscreenCanvas {
    let tiles = pictures.get(cellId);
    if (!tiles) pictures.set(cellId, (tiles = new Map()));
    let picture = tiles.get(name);
    if (!picture) {
      picture = new OffscreenCanvas(TILE_PX, TILE_PX);
      const context = picture.getContext('2d')!;
      const image = context.createImageData(TILE_PX, TILE_PX);
      fillTile(new Uint32Array(image.data.buffer), tile, colour);
      context.putImageData(image, 0, 0);
      tiles.set(name, picture);
    }
    return picture;
  }

  return {
    paint(context, masks, box) {
      context.save();
      context.imageSmoothingEnabled = false;
      for (const painted of masks) {
        context.globalAlpha = painted.opacity;
        for (const [name, tile] of painted.mask) {
          const { i, j } = tilePlace(name);
          const x = i * TILE_PX;
          const y = j * TILE_PX;
          if (x > box.x1 || y > box.y1 || x + TILE_PX < box.x0 || y + TILE_PX < box.y0) continue;
          // Image pixels are centred at whole numbers, canvas pixels between them.
          context.drawImage(pictureOf(painted, name, tile), x - 0.5, y - 0.5);
        }
      }
      context.restore();
    },
    forget(cellId, names) {
      if (!names) pictures.delete(cellId);
      else for (const name of names) pictures.get(cellId)?.delete(name);
    },
    clear: () => pictures.clear(),
  };
}

function fillTile(
  pixels: Uint32Array,
  tile: Uint8Array,
  [red, green, blue]: readonly [number, number, number],
): void {
  const colour = ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  for (let at = 0; at < tile.length; at++) {
    const byte = tile[at]!;
    if (byte === 0) continue;
    for (let bit = 0; bit < 8; bit++) if ((byte >> bit) & 1) pixels[at * 8 + bit] = colour;
  }
}

/** `#rrggbb` as red, green, blue. */
export function rgbOf(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
