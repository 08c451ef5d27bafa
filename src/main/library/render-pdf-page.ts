import type { Raster } from '../../core/image/raster.ts';
import { packPixels } from './pack-pixels.ts';
import { withMemory } from './pdfium.ts';
import type { Pdfium } from './pdfium.ts';

const BGRA = 4;
const DRAW_ANNOTATIONS = 0x01;
const WHITE = 0xffffffff;

/** Draws an open page on white, as shown by a viewer, into `width` x `height` pixels; gray when nothing has a colour. */
export function renderPdfPage({ api, heap }: Pdfium, page: number, width: number, height: number): Raster {
  const stride = width * 4;
  return withMemory(api, stride * height, (at) => {
    const bitmap = api.FPDFBitmap_CreateEx(width, height, BGRA, at, stride);
    try {
      api.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
      // No sub-pixel text: its coloured fringes would read as ink.
      api.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, DRAW_ANNOTATIONS);
      const pixels = heap().subarray(at, at + stride * height);
      return packPixels(pixels, { width, height, stride, step: 4, bgr: true });
    } finally {
      api.FPDFBitmap_Destroy(bitmap);
    }
  });
}
