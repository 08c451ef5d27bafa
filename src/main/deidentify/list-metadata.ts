import dicomParser from 'dicom-parser';
import sharp from 'sharp';
import { SNIFF_BYTES, sniffFormat } from '../library/scan-format.ts';

/** DICOM groups that describe the picture, not the patient; of all others the tags are listed. */
const PICTURE_GROUPS = /^x(0002|0028|7fe0)/;
/** Names of the tags that most often say who somebody is. */
const TAG_NAMES: Readonly<Record<string, string>> = {
  x00080020: 'StudyDate',
  x00080021: 'SeriesDate',
  x00080022: 'AcquisitionDate',
  x00080030: 'StudyTime',
  x00080050: 'AccessionNumber',
  x00080080: 'InstitutionName',
  x00080090: 'ReferringPhysicianName',
  x00081050: 'PerformingPhysicianName',
  x00081070: 'OperatorsName',
  x00100010: 'PatientName',
  x00100020: 'PatientID',
  x00100030: 'PatientBirthDate',
  x00100040: 'PatientSex',
  x00101010: 'PatientAge',
  x00104000: 'PatientComments',
  x0020000d: 'StudyInstanceUID',
  x0020000e: 'SeriesInstanceUID',
};
const PDF_KEYS = ['Title', 'Author', 'Subject', 'Keywords', 'Creator', 'Producer', 'CreationDate', 'ModDate'];

/**
 * Names what a scan file says beside its pixels: blocks of metadata, DICOM tags, PDF document information, text chunks
 * of PNG. Names alone, never values, since the list goes into a report. What cannot be parsed lists as nothing; none of
 * it reaches a freshly encoded file anyway.
 */
export async function listMetadata(bytes: Uint8Array): Promise<string[]> {
  const format = sniffFormat(bytes.subarray(0, SNIFF_BYTES));
  if (format === 'dicom') return dicomTags(bytes);
  if (format === 'pdf') return pdfKeys(bytes);
  const found = await sharp(bytes)
    .metadata()
    .catch(() => null);
  const names: string[] = [];
  if (found?.exif) names.push('EXIF');
  if (found?.xmp) names.push('XMP');
  if (found?.iptc) names.push('IPTC');
  if (found?.icc) names.push('ICC profile');
  if (found?.tifftagPhotoshop) names.push('Photoshop resources');
  if (format === 'png') names.push(...pngTextChunks(bytes));
  if (format === 'jpeg' && hasJpegComment(bytes)) names.push('JPEG comment');
  return names;
}

function dicomTags(bytes: Uint8Array): string[] {
  try {
    const { elements } = dicomParser.parseDicom(bytes, { untilTag: 'x7fe00010' });
    return Object.keys(elements)
      .filter((tag) => !PICTURE_GROUPS.test(tag))
      .map((tag) => TAG_NAMES[tag] ?? `(${tag.slice(1, 5)},${tag.slice(5)})`);
  } catch {
    return [];
  }
}

function pdfKeys(bytes: Uint8Array): string[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const names = PDF_KEYS.filter((key) => new RegExp(`/${key}\\s*[(<]`).test(text));
  return text.includes('<?xpacket') || text.includes('/Metadata') ? [...names, 'XMP'] : names;
}

/** Keywords of tEXt, zTXt and iTXt chunks and of the time chunk. */
function pngTextChunks(bytes: Uint8Array): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const names: string[] = [];
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = view.getUint32(at);
    const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (/^(tEXt|zTXt|iTXt|tIME)$/.test(kind)) names.push(`PNG ${kind}`);
    at += 12 + length;
  }
  return [...new Set(names)];
}

function hasJpegComment(bytes: Uint8Array): boolean {
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1]!;
    if (marker === 0xfe) return true;
    if (marker === 0xda) return false;
    at += 2 + ((bytes[at + 2]! << 8) | bytes[at + 3]!);
  }
  return false;
}
