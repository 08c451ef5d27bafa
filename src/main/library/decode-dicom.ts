import dicomParser from 'dicom-parser';
import type { DataSet } from 'dicom-parser';
import type { Raster } from '../../core/image/raster.ts';
import { AppError } from '../../shared/app-error.ts';
import { assertWithinLimits } from './decode-limits.ts';
import type { DecodeLimits } from './decode-limits.ts';
import { decodeWithSharp } from './decode-with-sharp.ts';
import { dicomPalette } from './dicom-palette.ts';
import { dicomToRaster } from './dicom-to-raster.ts';

const UNCOMPRESSED = new Set(['1.2.840.10008.1.2', '1.2.840.10008.1.2.1', '1.2.840.10008.1.2.1.99']);
const BIG_ENDIAN = '1.2.840.10008.1.2.2';
const JPEG_BASELINE = new Set(['1.2.840.10008.1.2.4.50', '1.2.840.10008.1.2.4.51']);

/** Names of transfer syntaxes people meet, for the message that refuses them. */
const SYNTAX_NAMES: Readonly<Record<string, string>> = {
  '1.2.840.10008.1.2.2': 'big endian',
  '1.2.840.10008.1.2.4.57': 'JPEG lossless',
  '1.2.840.10008.1.2.4.70': 'JPEG lossless',
  '1.2.840.10008.1.2.4.80': 'JPEG-LS lossless',
  '1.2.840.10008.1.2.4.81': 'JPEG-LS',
  '1.2.840.10008.1.2.4.90': 'JPEG 2000 lossless',
  '1.2.840.10008.1.2.4.91': 'JPEG 2000',
  '1.2.840.10008.1.2.5': 'RLE lossless',
};

interface DicomHeader {
  readonly data: DataSet;
  readonly syntax: string;
  readonly frames: number;
}

function parse(bytes: Uint8Array, name: string): DicomHeader {
  let data: DataSet;
  try {
    data = dicomParser.parseDicom(bytes);
  } catch (cause) {
    throw new AppError('corrupt', `"${name}" is damaged or cut short: it cannot be read as DICOM.`, {
      cause,
    });
  }
  if (data.elements['x54000100'] && !data.elements['x7fe00010']) {
    throw new AppError(
      'unsupported',
      `"${name}" is a DICOM waveform: it already holds the signal, there is no scan to digitize.`,
    );
  }
  if (!data.elements['x7fe00010']) {
    throw new AppError('unsupported', `"${name}" is a DICOM file without an image.`);
  }
  const frames = Number(data.string('x00280008') ?? 1);
  const syntax = data.string('x00020010') ?? '1.2.840.10008.1.2';
  return { data, syntax, frames: Number.isInteger(frames) && frames > 0 ? frames : 1 };
}

/** @throws AppError `corrupt` or `unsupported` (no image inside) */
export function countDicomFrames(bytes: Uint8Array, name: string): number {
  return parse(bytes, name).frames;
}

/**
 * Decodes one frame of a DICOM image: uncompressed little endian (8 or 16 bit, monochrome, RGB, palette) or baseline
 * JPEG. Monochrome values are scaled by the stated window, else from their own range.
 *
 * @throws AppError `unsupported` naming the transfer syntax or pixel kind, `corrupt`, `too-large`, `not-found`
 */
export async function decodeDicom(
  bytes: Uint8Array,
  name: string,
  frame: number,
  limits: DecodeLimits,
): Promise<Raster> {
  const { data, syntax, frames } = parse(bytes, name);
  const width = data.uint16('x00280011') ?? 0;
  const height = data.uint16('x00280010') ?? 0;
  assertWithinLimits(name, width, height, limits);
  if (frame >= frames) {
    throw new AppError('not-found', `"${name}" has ${frames} frames; there is no frame ${frame + 1}.`);
  }
  const element = data.elements['x7fe00010']!;
  if (JPEG_BASELINE.has(syntax)) {
    let jpeg: Uint8Array;
    try {
      jpeg = element.basicOffsetTable?.length
        ? dicomParser.readEncapsulatedImageFrame(data, element, frame)
        : dicomParser.readEncapsulatedPixelDataFromFragments(
            data,
            element,
            frames > 1 ? frame : 0,
            frames > 1 ? 1 : (element.fragments?.length ?? 1),
          );
    } catch (cause) {
      throw new AppError('corrupt', `"${name}" is damaged: frame ${frame + 1} cannot be found in it.`, {
        cause,
      });
    }
    return decodeWithSharp(jpeg, name, 'jpeg', 0, limits, { useExif: false });
  }
  if (!UNCOMPRESSED.has(syntax) || syntax === BIG_ENDIAN) {
    const label = SYNTAX_NAMES[syntax] ? `${SYNTAX_NAMES[syntax]}, ${syntax}` : syntax;
    throw new AppError(
      'unsupported',
      `"${name}" uses the DICOM transfer syntax ${label}, which is not read here. ` +
        'Export it as uncompressed or baseline-JPEG DICOM, or as PNG.',
    );
  }
  const samples = data.uint16('x00280002') ?? 1;
  const bits = data.uint16('x00280100') ?? 8;
  const kind = data.string('x00280004') ?? 'MONOCHROME2';
  if (
    ![8, 16].includes(bits) ||
    ![1, 3].includes(samples) ||
    (samples === 3 && (bits !== 8 || kind !== 'RGB'))
  ) {
    throw new AppError(
      'unsupported',
      `"${name}" holds ${kind} pixels of ${samples} x ${bits} bits, which are not read here. Export it as PNG.`,
    );
  }
  const frameBytes = (width * height * samples * bits) / 8;
  const from = element.dataOffset + frame * frameBytes;
  if (from + frameBytes > bytes.length || (frame + 1) * frameBytes > element.length) {
    throw new AppError(
      'corrupt',
      `"${name}" is cut short: it ends before the last row of frame ${frame + 1}.`,
    );
  }
  return dicomToRaster(bytes.subarray(from, from + frameBytes), {
    width,
    height,
    samples: samples === 3 ? 3 : 1,
    bytesPerSample: bits === 16 ? 2 : 1,
    planar: data.uint16('x00280006') === 1,
    inverted: kind === 'MONOCHROME1',
    signed: data.uint16('x00280103') === 1,
    storedBits: data.uint16('x00280101') ?? bits,
    window: windowOf(data),
    palette: kind === 'PALETTE COLOR' ? dicomPalette(data) : null,
  });
}

/** Window in stored values: the stated centre and width are in rescaled units. */
function windowOf(data: DataSet): { low: number; high: number } | null {
  const centre = data.floatString('x00281050');
  const width = data.floatString('x00281051');
  if (centre === undefined || width === undefined || !(width >= 1)) return null;
  const slope = data.floatString('x00281053') || 1;
  const intercept = data.floatString('x00281052') ?? 0;
  const stored = (value: number): number => (value - intercept) / slope;
  return { low: stored(centre - width / 2), high: stored(centre + width / 2) };
}
