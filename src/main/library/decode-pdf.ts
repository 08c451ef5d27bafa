import type { Raster } from '../../core/image/raster.ts';
import { AppError } from '../../shared/app-error.ts';
import { assertWithinLimits } from './decode-limits.ts';
import type { DecodeLimits } from './decode-limits.ts';
import { decodeWithSharp } from './decode-with-sharp.ts';
import { pdfium } from './pdfium.ts';
import type { Pdfium } from './pdfium.ts';
import { findPdfImages, imageBitmap, imageRawBytes } from './pdf-images.ts';
import type { PdfImage } from './pdf-images.ts';
import { renderPdfPage } from './render-pdf-page.ts';
import { meanDifference, thumbnailOf } from './compare-rasters.ts';
import { turnRaster } from '../../core/page/turn-raster.ts';

/** Resolution at which pages without a scan of their own are drawn. */
const VECTOR_DPI = 300;
/** Below this a drawn page is not worth digitizing, so an enormous page is refused instead. */
const LEAST_DPI = 100;
const POINTS_PER_INCH = 72;
/** Longest side of the pictures by which an embedded scan is compared with the page as drawn. */
const COMPARE_PX = 320;
/** Largest mean difference (0..255) at which the embedded scan counts as the whole page. */
const SAME_PAGE = 10;

const PASSWORD = 4;
const SECURITY = 5;

/** @throws AppError as `decodePdfPage` */
export async function countPdfPages(bytes: Uint8Array, name: string): Promise<number> {
  return withDocument(bytes, name, ({ api }, document) => Promise.resolve(api.FPDF_GetPageCount(document)));
}

/**
 * One page of a PDF. A page that is one embedded scan yields that scan at its native resolution, untouched by
 * PDFium where it is a JPEG; any other page is drawn at 300 dpi, or finer where it holds finer images.
 *
 * @throws AppError `locked` (password), `corrupt`, `too-large`, `not-found` (no such page)
 */
export async function decodePdfPage(
  bytes: Uint8Array,
  name: string,
  pageIndex: number,
  limits: DecodeLimits,
): Promise<Raster> {
  return withDocument(bytes, name, async (pdf, document) => {
    const { api } = pdf;
    const pages = api.FPDF_GetPageCount(document);
    if (pageIndex >= pages) {
      throw new AppError('not-found', `"${name}" has ${pages} pages; there is no page ${pageIndex + 1}.`);
    }
    const page = api.FPDF_LoadPage(document, pageIndex);
    if (page === 0) {
      throw new AppError('corrupt', `Page ${pageIndex + 1} of "${name}" is damaged and cannot be opened.`);
    }
    try {
      const images = findPdfImages(pdf, page);
      for (const image of images) assertWithinLimits(name, image.width, image.height, limits);
      const drawn = (width: number, height: number): Raster => renderPdfPage(pdf, page, width, height);
      const scan = await embeddedScan(pdf, images, drawn, name, limits);
      return scan ?? drawn(...drawnSize(pdf, page, images, name, limits));
    } finally {
      api.FPDF_ClosePage(page);
    }
  });
}

async function withDocument<T>(
  bytes: Uint8Array,
  name: string,
  use: (pdf: Pdfium, document: number) => Promise<T>,
): Promise<T> {
  const pdf = await pdfium();
  const { api } = pdf;
  const at = api.malloc(bytes.length);
  if (at === 0) throw new AppError('too-large', `"${name}" does not fit into memory as a PDF; split it.`);
  pdf.heap().set(bytes, at);
  try {
    const document = api.FPDF_LoadMemDocument(at, bytes.length, 0);
    if (document === 0) throw openingError(api.FPDF_GetLastError(), name);
    try {
      return await use(pdf, document);
    } finally {
      api.FPDF_CloseDocument(document);
    }
  } finally {
    api.free(at);
  }
}

function openingError(code: number, name: string): AppError {
  if (code === PASSWORD) {
    return new AppError(
      'locked',
      `"${name}" is protected by a password. Save a copy without password and add that.`,
    );
  }
  if (code === SECURITY) {
    return new AppError(
      'locked',
      `"${name}" is encrypted in a way that cannot be opened. Save a plain copy.`,
    );
  }
  return new AppError('corrupt', `"${name}" is damaged or cut short: it cannot be opened as a PDF.`);
}

/** The page's one scan, upright as on the page; null where the page is more, or other, than a scan. */
async function embeddedScan(
  pdf: Pdfium,
  images: readonly PdfImage[],
  draw: (width: number, height: number) => Raster,
  name: string,
  limits: DecodeLimits,
): Promise<Raster | null> {
  const scan = images[0];
  if (images.length !== 1 || !scan?.coversPage || scan.turns === null) return null;
  const decoders = [
    async () => {
      const jpeg = imageRawBytes(pdf, scan, 'DCTDecode');
      return jpeg && decodeWithSharp(jpeg, name, 'jpeg', 0, limits, { useExif: false });
    },
    async () => imageBitmap(pdf, scan),
  ];
  let preview: Raster | null = null;
  for (const decode of decoders) {
    const raster = await decode().catch(() => null);
    if (!raster || raster.width !== scan.width || raster.height !== scan.height) continue;
    const upright = turnRaster(raster, scan.turns);
    const small = thumbnailOf(upright, COMPARE_PX);
    preview ??= draw(small.width, small.height);
    if (meanDifference(small, preview) <= SAME_PAGE) return upright;
  }
  return null;
}

/** Pixels at which to draw a page: `VECTOR_DPI` or its finest image, as far as the limits allow. */
function drawnSize(
  { api }: Pdfium,
  page: number,
  images: readonly PdfImage[],
  name: string,
  limits: DecodeLimits,
): [number, number] {
  const widthPt = api.FPDF_GetPageWidth(page);
  const heightPt = api.FPDF_GetPageHeight(page);
  const finest = images.reduce((most, image) => Math.max(most, image.dpi), VECTOR_DPI);
  const most = Math.min(
    (limits.maxSidePx / Math.max(widthPt, heightPt)) * POINTS_PER_INCH,
    Math.sqrt((limits.maxMegapixels * 1e6) / (widthPt * heightPt)) * POINTS_PER_INCH,
  );
  const dpi = Math.min(finest, most, 1200);
  if (!(dpi >= LEAST_DPI)) {
    const inches = (points: number): string => (points / POINTS_PER_INCH).toFixed(0);
    throw new AppError(
      'too-large',
      `A page of "${name}" measures ${inches(widthPt)} x ${inches(heightPt)} inches; drawn at ${LEAST_DPI} dpi it ` +
        `would exceed ${limits.maxMegapixels} megapixels. Print it to a smaller page.`,
    );
  }
  const pixels = (points: number): number => Math.max(1, Math.floor((points * dpi) / POINTS_PER_INCH));
  return [pixels(widthPt), pixels(heightPt)];
}
