import { AppError } from '../../shared/app-error.ts';

/** One code of a table (EN 1064, section 2). */
export interface HuffmanCode {
  readonly prefixBits: number;
  /** Bits of the prefix and of the number behind it. */
  readonly totalBits: number;
  /** False: the code switches to table number `value`. */
  readonly isValue: boolean;
  readonly value: number;
  /** The prefix, its first bit lowest. */
  readonly prefix: number;
}

/** Codes of the default table: short differences by their own code, others as 8 or 16 bits behind a prefix. */
export const DEFAULT_TABLE: readonly HuffmanCode[] = [
  { prefixBits: 1, totalBits: 1, isValue: true, value: 0, prefix: 0 },
  // 1 is 100, -1 is 101, 2 is 1100, -2 is 1101 and so on.
  ...Array.from({ length: 8 }, (_, i) => i + 1).flatMap((value) => {
    const bits = value + 2;
    const ones = 2 ** value - 1;
    const code = { prefixBits: bits, totalBits: bits, isValue: true };
    return [
      { ...code, value, prefix: ones },
      { ...code, value: -value, prefix: ones + 2 ** (value + 1) },
    ];
  }),
  { prefixBits: 10, totalBits: 18, isValue: true, value: 0, prefix: 2 ** 9 - 1 },
  { prefixBits: 10, totalBits: 26, isValue: true, value: 0, prefix: 2 ** 10 - 1 },
];

/**
 * Decodes `count` numbers, bit after bit from the highest of each byte.
 *
 * @param tables at least one; the first is in force at the beginning
 * @throws AppError `corrupt` when the bits end early or are no code
 */
export function decodeHuffman(
  bytes: Uint8Array,
  count: number,
  tables: readonly (readonly HuffmanCode[])[],
): Int32Array {
  const lookups = tables.map(lookupOf);
  const out = new Int32Array(count);
  let lookup = lookups[0]!;
  let at = 0;
  const bit = (): number => {
    const byte = bytes[at >> 3];
    if (byte === undefined)
      throw new AppError('corrupt', 'The Huffman code of a lead of the SCP file ends early.');
    return (byte >> (7 - (at++ & 7))) & 1;
  };
  for (let i = 0; i < count;) {
    let code: HuffmanCode | undefined;
    let prefix = 0;
    for (let bits = 1; !code; bits++) {
      if (bits > lookup.longest)
        throw new AppError('corrupt', 'A lead of the SCP file holds what is no Huffman code.');
      prefix += bit() * 2 ** (bits - 1);
      code = lookup.codes.get(prefix * 64 + bits);
    }
    if (!code.isValue) {
      const next = lookups[code.value - 1];
      if (!next)
        throw new AppError(
          'corrupt',
          `The SCP file switches to Huffman table ${code.value}, which is not there.`,
        );
      lookup = next;
      continue;
    }
    const rest = code.totalBits - code.prefixBits;
    let value = 0;
    for (let k = 0; k < rest; k++) value = value * 2 + bit();
    if (rest > 0 && value >= 2 ** (rest - 1)) value -= 2 ** rest;
    out[i++] = rest > 0 ? value : code.value;
  }
  return out;
}

function lookupOf(table: readonly HuffmanCode[]): { codes: Map<number, HuffmanCode>; longest: number } {
  const codes = new Map<number, HuffmanCode>();
  let longest = 0;
  for (const code of table) {
    if (
      code.prefixBits < 1 ||
      code.prefixBits > 32 ||
      code.totalBits < code.prefixBits ||
      code.totalBits > 64
    ) {
      throw new AppError('corrupt', 'The SCP file has a Huffman table with codes of impossible lengths.');
    }
    codes.set(code.prefix * 64 + code.prefixBits, code);
    longest = Math.max(longest, code.prefixBits);
  }
  return { codes, longest };
}
