import type { FloatRaster } from '../image/raster.ts';

/** Share of ink from which a pixel under a traced stroke belongs to it. */
export const INKED = 0.35;

/** The same for shares that are kept as bytes. */
export const INKED_BYTE = Math.ceil(INKED * 255);

/** Of the packing below; what has another one is not read. */
const VERSION = 1;
const HEAD_BYTES = 9;

/**
 * Packs which pixels of a page hold ink, down one column after the other: lengths of bare and inked stretches in turn, seven
 * bits a byte, the highest telling that more follow. Traces cross a column a few times only, so that 2200x1700 pixels take
 * about 30 kB and 10 ms.
 */
export function packInked({ data, width, height }: FloatRaster): Uint8Array<ArrayBuffer> {
  let bytes = new Uint8Array(1 << 14);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, VERSION);
  view.setUint32(1, width, true);
  view.setUint32(5, height, true);
  let at = HEAD_BYTES;
  let length = 0;
  let inked = false;
  const end = (): void => {
    if (at + 5 > bytes.length) {
      const grown = new Uint8Array(bytes.length * 2);
      grown.set(bytes);
      bytes = grown;
    }
    for (; length > 127; length >>>= 7) bytes[at++] = (length & 127) | 128;
    bytes[at++] = length;
    length = 0;
  };
  // Rounded to a byte as evidence is.
  const least = (INKED_BYTE - 0.5) / 255;
  for (let x = 0; x < width; x++) {
    for (let k = x; k < data.length; k += width) {
      if (data[k]! >= least !== inked) {
        end();
        inked = !inked;
      }
      length++;
    }
  }
  end();
  return bytes.slice(0, at);
}

/**
 * Which pixels hold ink, 1 or 0 each; null where the bytes are of another version or of a page of another size.
 *
 * @throws RangeError when they are damaged
 */
export function unpackInked(bytes: Uint8Array, width: number, height: number): Uint8Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEAD_BYTES || bytes[0] !== VERSION) return null;
  if (view.getUint32(1, true) !== width || view.getUint32(5, true) !== height) return null;
  const pixels = new Uint8Array(width * height);
  let at = HEAD_BYTES;
  let from = 0;
  for (let inked = false; at < bytes.length; inked = !inked) {
    let length = 0;
    let shift = 0;
    let byte = 128;
    for (; byte >= 128; shift += 7) {
      if (at >= bytes.length || shift > 28) throw new RangeError('the ink of the page is cut short');
      byte = bytes[at++]!;
      length += (byte & 127) * 2 ** shift;
    }
    if (from + length > pixels.length) throw new RangeError('the ink of the page is too long');
    if (inked) {
      let [x, y] = [Math.floor(from / height), from % height];
      for (let k = 0; k < length; k++) {
        pixels[y * width + x] = 1;
        if (++y === height) [x, y] = [x + 1, 0];
      }
    }
    from += length;
  }
  if (from !== pixels.length) throw new RangeError('the ink of the page is cut short');
  return pixels;
}
