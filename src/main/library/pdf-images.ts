import type { Raster } from '../../core/image/raster.ts';
import type { Pdfium } from './pdfium.ts';
import { withMemory } from './pdfium.ts';
import { packPixels } from './pack-pixels.ts';

/** An image placed on a PDF page. */
export interface PdfImage {
  /** PDFium's handle, valid while the page is open. */
  readonly object: number;
  /** Size in its own pixels. */
  readonly width: number;
  readonly height: number;
  /** Resolution on paper along the finer side. */
  readonly dpi: number;
  /** Whether it alone makes up the page: covers it, nothing but text beside it, pixels about square. */
  readonly coversPage: boolean;
  /** Clockwise quarter turns from its pixels to the page as shown; null when skewed or mirrored. */
  readonly turns: 0 | 1 | 2 | 3 | null;
}

const TEXT = 1;
const IMAGE = 3;
const FORM = 5;
const MAX_OBJECTS = 20_000;
const MAX_DEPTH = 4;

interface Placed {
  readonly object: number;
  readonly matrix: readonly number[];
}

/** Lists the images of a page, also those wrapped in forms; `coversPage` is only true where there is a single one. */
export function findPdfImages(pdf: Pdfium, page: number): PdfImage[] {
  const { api } = pdf;
  const placed: Placed[] = [];
  let others = 0;
  let seen = 0;
  const visit = (object: number, outer: readonly number[], depth: number): void => {
    if (object === 0 || ++seen > MAX_OBJECTS) return;
    const type = api.FPDFPageObj_GetType(object);
    if (type !== IMAGE && type !== FORM) {
      if (type !== TEXT) others++;
      return;
    }
    const matrix = multiply(readMatrix(pdf, object), outer);
    if (type === IMAGE) {
      placed.push({ object, matrix });
    } else if (depth < MAX_DEPTH) {
      const count = api.FPDFFormObj_CountObjects(object);
      for (let i = 0; i < count; i++) visit(api.FPDFFormObj_GetObject(object, i), matrix, depth + 1);
    } else {
      others++;
    }
  };
  const count = api.FPDFPage_CountObjects(page);
  for (let i = 0; i < count; i++) visit(api.FPDFPage_GetObject(page, i), [1, 0, 0, 1, 0, 0], 0);
  const alone = placed.length === 1 && others === 0;
  const bounds = withMemory(api, 16, (at) => {
    api.FPDF_GetPageBoundingBox(page, at);
    return floats(pdf, at, 4);
  });
  const rotation = api.FPDFPage_GetRotation(page);
  return placed.map((image) => describe(pdf, image, bounds, rotation, alone));
}

function describe(
  pdf: Pdfium,
  { object, matrix }: Placed,
  [left, top, right, bottom]: readonly number[],
  rotation: number,
  alone: boolean,
): PdfImage {
  const { width, height } = imageSize(pdf, object);
  const [a, b, c, d, e, f] = matrix as [number, number, number, number, number, number];
  const dpiX = (72 * width) / Math.hypot(a, b);
  const dpiY = (72 * height) / Math.hypot(c, d);
  const xs = [e, e + a, e + c, e + a + c];
  const ys = [f, f + b, f + d, f + b + d];
  const slackX = 0.03 * (right! - left!);
  const slackY = 0.03 * (top! - bottom!);
  const near = (x: number, edge: number, slack: number): boolean => Math.abs(x - edge) <= slack;
  const covers =
    near(Math.min(...xs), left!, slackX) &&
    near(Math.max(...xs), right!, slackX) &&
    near(Math.min(...ys), bottom!, slackY) &&
    near(Math.max(...ys), top!, slackY);
  const square = dpiX / dpiY < 1.5 && dpiY / dpiX < 1.5;
  return {
    object,
    width,
    height,
    dpi: Math.max(dpiX, dpiY),
    coversPage: alone && covers && square && pdf.api.FPDFPageObj_HasTransparency(object) === 0,
    turns: quarterTurns(matrix, rotation),
  };
}

/** Image space has its x axis along (a, b) and "up" along (c, d) of the page, which is then shown turned clockwise. */
function quarterTurns(matrix: readonly number[], rotation: number): 0 | 1 | 2 | 3 | null {
  const [a, b, c, d] = matrix as [number, number, number, number];
  const right = Math.hypot(a, b);
  const up = Math.hypot(c, d);
  const is = (x: number, y: number): boolean => Math.abs(x - y) < 0.01;
  const along = [a / right, b / right, c / up, d / up];
  const poses: readonly (readonly number[])[] = [
    [1, 0, 0, 1],
    [0, -1, 1, 0],
    [-1, 0, 0, -1],
    [0, 1, -1, 0],
  ];
  const turns = poses.findIndex((pose) => pose.every((v, i) => is(v, along[i]!)));
  return turns < 0 ? null : (((turns + rotation) % 4) as 0 | 1 | 2 | 3);
}

/** The encoded bytes of an image whose only filter is `filter`; null when it has another or more. */
export function imageRawBytes(
  { api, heap }: Pdfium,
  { object }: PdfImage,
  filter: string,
): Uint8Array | null {
  if (api.FPDFImageObj_GetImageFilterCount(object) !== 1) return null;
  const found = withMemory(api, 64, (at) => {
    const bytes = api.FPDFImageObj_GetImageFilter(object, 0, at, 64);
    return String.fromCharCode(...heap().subarray(at, at + Math.max(0, Math.min(64, bytes) - 1)));
  });
  if (found !== filter) return null;
  const size = api.FPDFImageObj_GetImageDataRaw(object, 0, 0);
  return withMemory(api, size, (at) => {
    api.FPDFImageObj_GetImageDataRaw(object, at, size);
    return heap().slice(at, at + size);
  });
}

/** The image in its own pixels as PDFium decodes it; null when PDFium cannot or has an unknown pixel format. */
export function imageBitmap({ api, heap }: Pdfium, { object }: PdfImage): Raster | null {
  const bitmap = api.FPDFImageObj_GetBitmap(object);
  if (bitmap === 0) return null;
  try {
    const width = api.FPDFBitmap_GetWidth(bitmap);
    const height = api.FPDFBitmap_GetHeight(bitmap);
    const stride = api.FPDFBitmap_GetStride(bitmap);
    const step = { 1: 1, 2: 3, 3: 4, 4: 4 }[api.FPDFBitmap_GetFormat(bitmap)];
    if (!step) return null;
    const at = api.FPDFBitmap_GetBuffer(bitmap);
    return packPixels(heap().subarray(at, at + stride * height), { width, height, stride, step, bgr: true });
  } finally {
    api.FPDFBitmap_Destroy(bitmap);
  }
}

function imageSize({ api, heap }: Pdfium, object: number): { width: number; height: number } {
  return withMemory(api, 8, (at) => {
    heap().fill(0, at, at + 8);
    api.FPDFImageObj_GetImagePixelSize(object, at, at + 4);
    const view = new DataView(heap().buffer, at, 8);
    return { width: view.getUint32(0, true), height: view.getUint32(4, true) };
  });
}

function readMatrix(pdf: Pdfium, object: number): number[] {
  return withMemory(pdf.api, 24, (at) => {
    pdf.api.FPDFPageObj_GetMatrix(object, at);
    return floats(pdf, at, 6);
  });
}

const floats = ({ heap }: Pdfium, at: number, count: number): number[] => [
  ...new Float32Array(heap().buffer, at, count),
];

/** First `m`, then `n`, as PDF multiplies its row-vector matrices. */
function multiply(m: readonly number[], n: readonly number[]): number[] {
  const [a, b, c, d, e, f] = m as [number, number, number, number, number, number];
  const [A, B, C, D, E, F] = n as [number, number, number, number, number, number];
  return [a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F];
}
