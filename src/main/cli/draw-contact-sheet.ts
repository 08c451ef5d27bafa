import sharp from 'sharp';
import type { Raster } from '../../core/image/raster.ts';
import { drawText } from '../../formats/overlay/draw-text.ts';
import { CAPTION_INK, FAILURE_COLOUR } from '../../formats/overlay/overlay-colours.ts';
import { createStrokeLayer } from '../../formats/overlay/stroke-layer.ts';
import type { PageNotes } from './read-page-notes.ts';

/** One page on a contact sheet. */
export interface SheetTile {
  /** Path of its overlay; null for a page that could not be decoded. */
  readonly overlay: string | null;
  readonly caption: string;
  readonly notes: PageNotes;
}

const GAP_PX = 8;

/** Lays tiles out in rows of `columns`, each overlay fitted under its caption and, in red, the gravest reason. */
export async function drawContactSheet(
  tiles: readonly SheetTile[],
  { columns, widthPx }: { readonly columns: number; readonly widthPx: number },
): Promise<Raster> {
  const tileWidth = Math.floor((widthPx - GAP_PX * (columns + 1)) / columns);
  const capPx = Math.max(6, Math.min(11, tileWidth / 40));
  const linePx = Math.round(capPx * 1.9);
  const sizes = await Promise.all(tiles.map(({ overlay }) => (overlay ? sharp(overlay).metadata() : null)));
  // Each row is as high as its tallest picture needs, within limits.
  const rowTops: number[] = [GAP_PX];
  const pictureHeights: number[] = [];
  for (let first = 0; first < tiles.length; first += columns) {
    const needed = sizes
      .slice(first, first + columns)
      .map((size) => (size ? (tileWidth * size.height) / size.width : 0));
    const pictureHeight = Math.round(Math.max(linePx, Math.min(tileWidth, Math.max(...needed))));
    pictureHeights.push(pictureHeight);
    rowTops.push(rowTops.at(-1)! + pictureHeight + 2 * linePx + 2 * GAP_PX);
  }
  const height = rowTops.at(-1)!;
  const sheet: Raster = {
    data: new Uint8Array(widthPx * height * 3).fill(255),
    width: widthPx,
    height,
    channels: 3,
  };
  const layer = createStrokeLayer(widthPx, height);
  for (const [index, { overlay, caption, notes }] of tiles.entries()) {
    const x = GAP_PX + (index % columns) * (tileWidth + GAP_PX);
    const row = Math.floor(index / columns);
    const y = rowTops[row]!;
    const fit = (text: string) => fitText(text, tileWidth / (capPx * 0.78));
    const colour = notes.status === 'failed' ? FAILURE_COLOUR : CAPTION_INK;
    drawText(sheet, layer, fit(caption), { x, y: y + capPx * 1.3, capPx, colour });
    if (notes.reason) {
      drawText(sheet, layer, fit(notes.reason), {
        x,
        y: y + capPx * 1.3 + linePx,
        capPx: capPx * 0.85,
        colour: FAILURE_COLOUR,
      });
    }
    if (overlay)
      await paste(sheet, overlay, { x, y: y + 2 * linePx, width: tileWidth, height: pictureHeights[row]! });
  }
  return sheet;
}

async function paste(
  sheet: Raster,
  path: string,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): Promise<void> {
  const { data, info } = await sharp(path)
    .removeAlpha()
    .resize(box.width, box.height, { fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const left = box.x + Math.floor((box.width - info.width) / 2);
  for (let row = 0; row < info.height; row++) {
    const line = data.subarray(row * info.width * 3, (row + 1) * info.width * 3);
    sheet.data.set(line, ((box.y + row) * sheet.width + left) * 3);
  }
}

function fitText(text: string, characters: number): string {
  const room = Math.floor(characters);
  return text.length > room ? `${text.slice(0, Math.max(1, room - 2))}..` : text;
}
