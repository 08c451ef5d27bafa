import { TILE_PX, tilePlace, type MaskTiles } from '../../../core/edit/mask-tiles.ts';

/** A lead's mask to paint. */
export interface PaintedMask {
  readonly cellId: string;
  readonly mask: MaskTiles;
  /** Red, green, blue, 0..255. */
  readonly colour: readonly [number, number, number];
  /** 0..1. */
  readonly opacity: number;
  /** What of it is the machine's; the rest is hatched as a person's. All of it when absent. */
  readonly machine?: MaskTiles;
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

  function pictureOf(
    { cellId, colour, machine }: PaintedMask,
    name: string,
    tile: Uint8Array,
  ): OffscreenCanvas {
    let tiles = pictures.get(cellId);
    if (!tiles) pictures.set(cellId, (tiles = new Map()));
    let picture = tiles.get(name);
    if (!picture) {
      picture = new OffscreenCanvas(TILE_PX, TILE_PX);
      const context = picture.getContext('2d')!;
      const image = context.createImageData(TILE_PX, TILE_PX);
      fillTile(new Uint32Array(image.data.buffer), tile, colour, machine && (machine.get(name) ?? NOTHING));
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

const NOTHING = new Uint8Array((TILE_PX * TILE_PX) / 8);
/** Every other diagonal line, so wide in pixels, of what a person painted is lighter. */
const HATCH_PX = 2;

/**
 * Fills a picture with the set bits of a tile.
 *
 * @param machine - bits that are the machine's; the others are hatched
 */
export function fillTile(
  pixels: Uint32Array,
  tile: Uint8Array,
  [red, green, blue]: readonly [number, number, number],
  machine?: Uint8Array,
): void {
  const packed = (r: number, g: number, b: number): number => ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
  const lighter = (value: number): number => Math.round(value + 0.72 * (255 - value));
  const colour = packed(red, green, blue);
  const light = packed(lighter(red), lighter(green), lighter(blue));
  for (let at = 0; at < tile.length; at++) {
    const byte = tile[at]!;
    if (byte === 0) continue;
    const own = machine ? byte & ~machine[at]! : 0;
    for (let bit = 0; bit < 8; bit++) {
      if (!((byte >> bit) & 1)) continue;
      const pixel = at * 8 + bit;
      const across = (pixel % TILE_PX) + Math.floor(pixel / TILE_PX);
      const isHatch = (own >> bit) & 1 && Math.floor(across / HATCH_PX) % 2 === 1;
      pixels[pixel] = isHatch ? light : colour;
    }
  }
}

/** `#rrggbb` as red, green, blue. */
export function rgbOf(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
