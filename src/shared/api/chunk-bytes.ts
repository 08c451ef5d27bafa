/**
 * Container for typed arrays on the wire: `u32 headerBytes`, UTF-8 JSON header, zero padding to a multiple of 8, then
 * the arrays one after the other, each starting on a multiple of 8. Little-endian. The header holds `meta` (any JSON)
 * and `arrays`: `[{ type, length, offset }]` with byte offsets from the start of the data part.
 *
 * @example
 * decodeChunks(encodeChunks({ fs: 500 }, [new Float32Array([1, NaN])])).arrays[0] // Float32Array [1, NaN]
 */
export type ChunkArray = Float32Array | Uint8Array;

interface Header {
  meta: unknown;
  arrays: { type: 'f32' | 'u8'; length: number; offset: number }[];
}

const align = (n: number): number => (n + 7) & ~7;

/** Packs `arrays` behind a JSON `meta`; NaN survives. */
export function encodeChunks(meta: unknown, arrays: readonly ChunkArray[]): Uint8Array<ArrayBuffer> {
  const header: Header = { meta, arrays: [] };
  let offset = 0;
  for (const array of arrays) {
    header.arrays.push({ type: array instanceof Float32Array ? 'f32' : 'u8', length: array.length, offset });
    offset = align(offset + array.byteLength);
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const start = align(4 + json.length);
  const bytes = new Uint8Array(start + offset);
  new DataView(bytes.buffer).setUint32(0, json.length, true);
  bytes.set(json, 4);
  arrays.forEach((array, i) => {
    bytes.set(
      new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
      start + header.arrays[i]!.offset,
    );
  });
  return bytes;
}

/** Unpacks what `encodeChunks` wrote; throws `RangeError` when the bytes are cut short. */
export function decodeChunks(bytes: Uint8Array): { meta: unknown; arrays: ChunkArray[] } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = view.getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + headerBytes))) as Header;
  const start = align(4 + headerBytes);
  const arrays = header.arrays.map(({ type, length, offset }) => {
    const from = start + offset;
    const size = length * (type === 'f32' ? 4 : 1);
    if (from + size > bytes.length) throw new RangeError('chunk is cut short');
    // Not `bytes.slice`: of a Node Buffer that is a view, and the floats would start at byte 0 of its pool.
    const copy = new Uint8Array(size);
    copy.set(bytes.subarray(from, from + size));
    return type === 'f32' ? new Float32Array(copy.buffer) : copy;
  });
  return { meta: header.meta, arrays };
}
