/** Bits as deflate packs them: from the lowest of each byte on. */
export interface DeflateBits {
  /** Adds a number of up to 16 bits, the lowest first. */
  put(value: number, count: number): void;
  /** Adds the code of a Huffman tree, the highest first. */
  putCode(code: number, count: number): void;
  /** Fills the last byte up with zeros. */
  align(): void;
  /** All whole bytes. */
  bytes(): Uint8Array<ArrayBuffer>;
}

export function createDeflateBits(): DeflateBits {
  let bytes = new Uint8Array(4096);
  let length = 0;
  let held = 0;
  let count = 0;
  const put = (value: number, width: number): void => {
    held |= value << count;
    count += width;
    if (length + 4 > bytes.length) {
      const grown = new Uint8Array(2 * bytes.length);
      grown.set(bytes);
      bytes = grown;
    }
    for (; count >= 8; count -= 8) {
      bytes[length++] = held;
      held >>>= 8;
    }
  };
  return {
    put,
    putCode(code, width) {
      let reversed = 0;
      for (let k = 0; k < width; k++) reversed |= ((code >> k) & 1) << (width - 1 - k);
      put(reversed, width);
    },
    align() {
      if (count > 0) put(0, 8 - count);
    },
    bytes: () => bytes.slice(0, length),
  };
}
