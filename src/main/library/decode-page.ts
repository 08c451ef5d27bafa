import { basename } from 'node:path';
import type { Raster } from '../../core/image/raster.ts';
import { AppError } from '../../shared/app-error.ts';
import { DEFAULT_DECODE_LIMITS } from './decode-limits.ts';
import type { DecodeLimits } from './decode-limits.ts';
import { countDicomFrames, decodeDicom } from './decode-dicom.ts';
import { countPdfPages, decodePdfPage } from './decode-pdf.ts';
import { countWithSharp, decodeWithSharp } from './decode-with-sharp.ts';
import { readBmp } from './read-bmp.ts';
import { readScanFile } from './read-scan-file.ts';
import { SNIFF_BYTES, sniffFormat } from './scan-format.ts';
import type { ScanFormat } from './scan-format.ts';

/** What a file is, before any pixel of it is decoded. */
export interface ScanInfo {
  readonly format: ScanFormat;
  /** Pages of a PDF or TIFF, frames of a DICOM image; 1 for everything else. */
  readonly pageCount: number;
}

/** Names the format by content. @throws AppError `unsupported` with the formats that are read */
function formatOf(bytes: Uint8Array, name: string): ScanFormat {
  const format = sniffFormat(bytes.subarray(0, SNIFF_BYTES));
  if (format) return format;
  throw new AppError(
    'unsupported',
    `"${name}" is not an image that can be read here. Use PNG, JPEG, TIFF, BMP, WebP, GIF, AVIF, PDF or DICOM.`,
  );
}

/**
 * Looks into a file: its format (by content, whatever its extension) and how many pages it has.
 *
 * @throws AppError `not-found`, `unreadable`, `corrupt`, `unsupported`, `locked` (password), `too-large`
 */
export async function openScan(
  path: string,
  limits: DecodeLimits = DEFAULT_DECODE_LIMITS,
): Promise<ScanInfo> {
  const name = basename(path);
  const bytes = await readScanFile(path, limits);
  return { format: formatOf(bytes, name), pageCount: await countPages(bytes, name) };
}

/** Pages of a scan already read; see `ScanInfo.pageCount`. @throws AppError as `openScan` */
export async function countPages(bytes: Uint8Array, name: string): Promise<number> {
  const format = formatOf(bytes, name);
  switch (format) {
    case 'tiff':
      return countWithSharp(bytes, name, format);
    case 'pdf':
      return countPdfPages(bytes, name);
    case 'dicom':
      return countDicomFrames(bytes, name);
    default:
      return 1;
  }
}

/**
 * Decodes one page of a scan: 8 bits, RGB or gray, upright by EXIF, transparent parts on white.
 *
 * @param pageIndex - 0 for single images; below `ScanInfo.pageCount` for TIFF, PDF and DICOM
 * @throws AppError as `openScan`; `not-found` for a page that does not exist
 * @example
 * const page = await decodePage('scans/ecg.jpg', 0); // { data, width: 2200, height: 1700, channels: 3 }
 */
export async function decodePage(
  path: string,
  pageIndex: number,
  limits: DecodeLimits = DEFAULT_DECODE_LIMITS,
): Promise<Raster> {
  const name = basename(path);
  const bytes = await readScanFile(path, limits);
  const format = formatOf(bytes, name);
  switch (format) {
    case 'bmp':
      return readBmp(bytes, name, limits);
    case 'pdf':
      return decodePdfPage(bytes, name, pageIndex, limits);
    case 'dicom':
      return decodeDicom(bytes, name, pageIndex, limits);
    default:
      return decodeWithSharp(bytes, name, format, pageIndex, limits);
  }
}
