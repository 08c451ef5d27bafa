/** Side of a tile of a mask, image pixels. */
export const TILE_PX = 256;
const ROW_BYTES = TILE_PX / 8;
/** More than any picture has. */
const TILES_ACROSS = 1 << 20;
/** Size of a tile as a document. */
export const TILE_BYTES = TILE_PX * ROW_BYTES;

/**
 * Which image pixels belong to a lead, as tiles by `"i,j"` (tile i across, j down): bit x & 7 of byte y * 32 + (x >> 3).
 * Tiles without a pixel are absent.
 */
export type MaskTiles = Map<string, Uint8Array<ArrayBuffer>>;

export const tileName = (i: number, j: number): string => `${i},${j}`;

/** The place of a tile, tiles from the top left. */
export function tilePlace(name: string): { readonly i: number; readonly j: number } {
  const [i, j] = name.split(',').map(Number);
  return { i: i!, j: j! };
}

/** Whether an image pixel is in the mask. */
export function maskHas(mask: MaskTiles, x: number, y: number): boolean {
  const tile = mask.get(tileName(Math.floor(x / TILE_PX), Math.floor(y / TILE_PX)));
  if (!tile) return false;
  const tx = x & (TILE_PX - 1);
  return ((tile[(y & (TILE_PX - 1)) * ROW_BYTES + (tx >> 3)]! >> (tx & 7)) & 1) === 1;
}

/** Tiles as they were before they were first touched; null for one that did not exist. */
export type TouchedTiles = Map<string, Uint8Array<ArrayBuffer> | null>;

/** Sets or clears an image pixel; the tile is copied into `touched` before it changes. */
export function setMask(mask: MaskTiles, x: number, y: number, value: 0 | 1, touched: TouchedTiles): void {
  const name = tileName(Math.floor(x / TILE_PX), Math.floor(y / TILE_PX));
  let tile = mask.get(name);
  if (!tile) {
    if (value === 0) return;
    tile = new Uint8Array(TILE_BYTES);
    mask.set(name, tile);
    if (!touched.has(name)) touched.set(name, null);
  }
  const tx = x & (TILE_PX - 1);
  const at = (y & (TILE_PX - 1)) * ROW_BYTES + (tx >> 3);
  const bit = 1 << (tx & 7);
  if (((tile[at]! & bit) !== 0) === (value === 1)) return;
  if (!touched.has(name)) touched.set(name, tile.slice());
  tile[at]! ^= bit;
}

/** {@link setMask} for many pixels that lie together: the tile of the last one is at hand for the next. */
export function maskWriter(
  mask: MaskTiles,
  touched: TouchedTiles,
): (x: number, y: number, value: 0 | 1) => void {
  let at = NaN;
  let tile: Uint8Array | undefined;
  return (x, y, value) => {
    const here = Math.floor(y / TILE_PX) * TILES_ACROSS + Math.floor(x / TILE_PX);
    if (here !== at || !tile) {
      // Through the map once, so that the tile is there and copied.
      setMask(mask, x, y, value, touched);
      const name = tileName(Math.floor(x / TILE_PX), Math.floor(y / TILE_PX));
      at = here;
      tile = touched.has(name) ? mask.get(name) : undefined;
      return;
    }
    const tx = x & (TILE_PX - 1);
    const byte = (y & (TILE_PX - 1)) * ROW_BYTES + (tx >> 3);
    const bit = 1 << (tx & 7);
    if (value === 1) tile[byte]! |= bit;
    else tile[byte]! &= ~bit;
  };
}

/** A stretch of the pen or brush: all pixels within `radiusPx` of the line from a to b. */
export interface Capsule {
  readonly ax: number;
  readonly ay: number;
  readonly bx: number;
  readonly by: number;
  readonly radiusPx: number;
}

/** Calls back for every pixel of a capsule inside a picture. */
export function eachPixel(
  { ax, ay, bx, by, radiusPx }: Capsule,
  width: number,
  height: number,
  visit: (x: number, y: number) => void,
): void {
  const dx = bx - ax;
  const dy = by - ay;
  const length2 = dx * dx + dy * dy || 1;
  const top = Math.max(0, Math.ceil(Math.min(ay, by) - radiusPx));
  const bottom = Math.min(height - 1, Math.floor(Math.max(ay, by) + radiusPx));
  const left = Math.max(0, Math.ceil(Math.min(ax, bx) - radiusPx));
  const right = Math.min(width - 1, Math.floor(Math.max(ax, bx) + radiusPx));
  const reach2 = radiusPx * radiusPx;
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length2));
      const ex = x - ax - along * dx;
      const ey = y - ay - along * dy;
      if (ex * ex + ey * ey <= reach2) visit(x, y);
    }
  }
}

/** Removes tiles without a pixel. */
export function dropEmpty(mask: MaskTiles, names: Iterable<string>): void {
  for (const name of names) if (mask.get(name)?.every((byte) => byte === 0)) mask.delete(name);
}

/** Number of pixels. */
export function maskArea(mask: MaskTiles): number {
  let area = 0;
  for (const tile of mask.values()) {
    for (let byte of tile) for (; byte !== 0; byte &= byte - 1) area++;
  }
  return area;
}
