const ORIENTATION = 0x0112;
const ENTRY_BYTES = 12;
const SHORT = 3;

/** How a picture is to be turned by its EXIF data (TIFF 6.0), 1 for not at all; null where the data make no sense. */
export function exifOrientation(exif: Uint8Array): number | null {
  const view = new DataView(exif.buffer, exif.byteOffset, exif.byteLength);
  if (exif.length < 8) return null;
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return null;
  const little = order === 0x4949;
  const at = view.getUint32(4, little);
  if (view.getUint16(2, little) !== 42 || at + 2 > exif.length) return null;
  const entries = view.getUint16(at, little);
  if (at + 2 + entries * ENTRY_BYTES > exif.length) return null;
  for (let k = 0; k < entries; k++) {
    const entry = at + 2 + k * ENTRY_BYTES;
    if (view.getUint16(entry, little) !== ORIENTATION) continue;
    return view.getUint16(entry + 2, little) === SHORT ? view.getUint16(entry + 8, little) : null;
  }
  return 1;
}
