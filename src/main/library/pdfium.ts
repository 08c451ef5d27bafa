import { PDFiumModule } from '@hyzyla/pdfium';

type Pointer = number;

/** The part of PDFium's C interface used here; names and arguments as in fpdfview.h and fpdf_edit.h. */
export interface PdfiumApi {
  malloc(bytes: number): Pointer;
  free(at: Pointer): void;
  FPDF_InitLibrary(): void;
  FPDF_LoadMemDocument(at: Pointer, bytes: number, password: Pointer): Pointer;
  FPDF_CloseDocument(document: Pointer): void;
  FPDF_GetLastError(): number;
  FPDF_GetPageCount(document: Pointer): number;
  FPDF_LoadPage(document: Pointer, index: number): Pointer;
  FPDF_ClosePage(page: Pointer): void;
  FPDF_GetPageWidth(page: Pointer): number;
  FPDF_GetPageHeight(page: Pointer): number;
  FPDF_GetPageBoundingBox(page: Pointer, rect: Pointer): number;
  FPDFPage_GetRotation(page: Pointer): number;
  FPDFPage_CountObjects(page: Pointer): number;
  FPDFPage_GetObject(page: Pointer, index: number): Pointer;
  FPDFFormObj_CountObjects(form: Pointer): number;
  FPDFFormObj_GetObject(form: Pointer, index: number): Pointer;
  FPDFPageObj_GetType(object: Pointer): number;
  FPDFPageObj_GetMatrix(object: Pointer, matrix: Pointer): number;
  FPDFPageObj_HasTransparency(object: Pointer): number;
  FPDFImageObj_GetImagePixelSize(object: Pointer, width: Pointer, height: Pointer): number;
  FPDFImageObj_GetImageFilterCount(object: Pointer): number;
  FPDFImageObj_GetImageFilter(object: Pointer, index: number, buffer: Pointer, bytes: number): number;
  FPDFImageObj_GetImageDataRaw(object: Pointer, buffer: Pointer, bytes: number): number;
  FPDFImageObj_GetBitmap(object: Pointer): Pointer;
  FPDFBitmap_CreateEx(width: number, height: number, format: number, at: Pointer, stride: number): Pointer;
  FPDFBitmap_FillRect(bitmap: Pointer, x: number, y: number, w: number, h: number, colour: number): void;
  FPDFBitmap_GetBuffer(bitmap: Pointer): Pointer;
  FPDFBitmap_GetWidth(bitmap: Pointer): number;
  FPDFBitmap_GetHeight(bitmap: Pointer): number;
  FPDFBitmap_GetStride(bitmap: Pointer): number;
  FPDFBitmap_GetFormat(bitmap: Pointer): number;
  FPDFBitmap_Destroy(bitmap: Pointer): void;
  FPDF_RenderPageBitmap(
    bitmap: Pointer,
    page: Pointer,
    x: number,
    y: number,
    width: number,
    height: number,
    turns: number,
    flags: number,
  ): void;
}

/** PDFium and its memory. `heap()` must be asked for again after every call that may allocate. */
export interface Pdfium {
  readonly api: PdfiumApi;
  heap(): Uint8Array;
}

/** WebAssembly memory never shrinks: beyond this a thread starts over with a fresh instance. */
const HEAP_TO_KEEP_BYTES = 192 * 1024 ** 2;

let kept: Promise<Pdfium> | null = null;

async function load(): Promise<Pdfium> {
  // The package wraps a fraction of the library; its WebAssembly exports the whole.
  const module = (await PDFiumModule({})) as unknown as { wasmExports: PdfiumApi; HEAPU8: Uint8Array };
  module.wasmExports.FPDF_InitLibrary();
  return { api: module.wasmExports, heap: () => module.HEAPU8 };
}

/** This thread's PDFium; loading it takes about 50 ms the first time. */
export async function pdfium(): Promise<Pdfium> {
  const current = await (kept ??= load());
  if (current.heap().length <= HEAP_TO_KEEP_BYTES) return current;
  return (kept = load());
}

/** Runs `use` with `bytes` of PDFium's memory, freed afterwards. */
export function withMemory<T>(api: PdfiumApi, bytes: number, use: (at: Pointer) => T): T {
  const at = api.malloc(bytes);
  if (at === 0) throw new RangeError(`PDFium cannot allocate ${bytes} bytes`);
  try {
    return use(at);
  } finally {
    api.free(at);
  }
}
