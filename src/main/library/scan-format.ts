/** File formats that are read as scans. */
export type ScanFormat = 'png' | 'jpeg' | 'tiff' | 'bmp' | 'webp' | 'gif' | 'avif' | 'pdf' | 'dicom';

/** How many leading bytes `sniffFormat` wants to see; fewer are fine for short files. */
export const SNIFF_BYTES = 1100;

const SIGNATURES: readonly { format: ScanFormat; at: number; bytes: readonly number[] }[] = [
  { format: 'png', at: 0, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { format: 'jpeg', at: 0, bytes: [0xff, 0xd8, 0xff] },
  { format: 'tiff', at: 0, bytes: [0x49, 0x49, 0x2a, 0x00] },
  { format: 'tiff', at: 0, bytes: [0x4d, 0x4d, 0x00, 0x2a] },
  { format: 'tiff', at: 0, bytes: [0x49, 0x49, 0x2b, 0x00] },
  { format: 'tiff', at: 0, bytes: [0x4d, 0x4d, 0x00, 0x2b] },
  { format: 'gif', at: 0, bytes: [0x47, 0x49, 0x46, 0x38] },
  { format: 'dicom', at: 128, bytes: [0x44, 0x49, 0x43, 0x4d] },
];

const ascii = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

/**
 * Recognises a scan by its content, never by its extension.
 *
 * @param head - first bytes of the file, `SNIFF_BYTES` of them where there are as many
 * @returns the format, or null when it is none that is read here
 * @example
 * sniffFormat(new Uint8Array([0xff, 0xd8, 0xff, 0xe0])) // 'jpeg'
 */
export function sniffFormat(head: Uint8Array): ScanFormat | null {
  for (const { format, at, bytes } of SIGNATURES) {
    if (head.length >= at + bytes.length && bytes.every((b, i) => head[at + i] === b)) return format;
  }
  if (ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 12) === 'WEBP') return 'webp';
  if (ascii(head, 4, 8) === 'ftyp') {
    const boxBytes = new DataView(head.buffer, head.byteOffset, 4).getUint32(0);
    return /avi[fs]/.test(ascii(head, 8, Math.min(head.length, boxBytes, 256))) ? 'avif' : null;
  }
  // "BM" alone is weak: the size of the following header must be one that exists.
  if (ascii(head, 0, 2) === 'BM' && head.length >= 18) {
    const headerBytes = new DataView(head.buffer, head.byteOffset).getUint32(14, true);
    if ([12, 16, 40, 52, 56, 64, 108, 124].includes(headerBytes)) return 'bmp';
  }
  // The standard lets "%PDF-" begin anywhere in the first 1024 bytes.
  if (ascii(head, 0, Math.min(head.length, 1024 + 5)).includes('%PDF-')) return 'pdf';
  return null;
}
