import type { DataSet } from 'dicom-parser';

/** A DICOM colour lookup table: RGB triples of 8 bits; values below `first` map to the first entry. */
export interface DicomPalette {
  readonly first: number;
  readonly rgb: Uint8Array;
}

/** Reads the red, green and blue lookup tables of a PALETTE COLOR image; null where one is missing. */
export function dicomPalette(data: DataSet): DicomPalette | null {
  const entries = data.uint16('x00281101', 0);
  if (entries === undefined) return null;
  const count = entries === 0 ? 65_536 : entries;
  const wide = (data.uint16('x00281101', 2) ?? 8) > 8;
  const rgb = new Uint8Array(3 * count);
  for (const [channel, tag] of ['x00281201', 'x00281202', 'x00281203'].entries()) {
    const element = data.elements[tag];
    if (!element || element.length < count) return null;
    // 8-bit tables are packed two to a word, but some writers store a word per entry all the same.
    const step = element.length >= 2 * count ? 2 : 1;
    for (let i = 0; i < count; i++) {
      const at = element.dataOffset + i * step;
      rgb[3 * i + channel] = data.byteArray[step === 2 && wide ? at + 1 : at]!;
    }
  }
  return { first: data.uint16('x00281101', 1) ?? 0, rgb };
}
