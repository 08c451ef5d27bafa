import { createDeflateBits, type DeflateBits } from './deflate-bits.ts';

/** Longest stretch that deflate repeats at once, and the shortest. */
const LONGEST = 258;
const SHORTEST = 3;
const ADLER = 65521;
/** Bytes whose sums stay below 2^32. */
const ADLER_STEP = 3800;

/**
 * A zlib stream (RFC 1950) of `before` zeros, rows of bytes, and `after` zeros. Only two things are looked for: a byte that
 * goes on, and what stands in the row above. Half a megabyte of nearly nothing, as masks are, takes a tenth of the time that a
 * thorough search takes. The same input gives the same bytes everywhere.
 */
export function zlibSparse(
  before: number,
  rows: Uint8Array,
  after: number,
  rowBytes: number,
): Uint8Array<ArrayBuffer> {
  const [runsBefore, runsAfter] = [runsOf(before), runsOf(after)];
  const restBefore = before - zerosOf(runsBefore);
  const middle = new Uint8Array(restBefore + rows.length + after - zerosOf(runsAfter));
  middle.set(rows, restBefore);
  const bits = createDeflateBits();
  bits.put(0x78, 8);
  bits.put(0x9c, 8);
  if (runsBefore > 0) putZeros(bits, runsBefore, false);
  putRows(bits, middle, rowBytes, runsAfter === 0);
  if (runsAfter > 0) putZeros(bits, runsAfter, true);
  bits.align();
  const sum = adler32(before, rows, after);
  for (const shift of [24, 16, 8, 0]) bits.put((sum >>> shift) & 255, 8);
  return bits.bytes();
}

function runsOf(zeros: number): number {
  return Math.max(0, Math.floor((zeros - 1) / LONGEST));
}

function zerosOf(runs: number): number {
  return runs > 0 ? 1 + runs * LONGEST : 0;
}

/**
 * Adds a deflate block (RFC 1951, 3.2.7) of one zero and `runs` repetitions of it, at two bits a run. Its codes: one bit for
 * a run of 258, two for a zero and the end of the block.
 */
function putZeros(bits: DeflateBits, runs: number, isLast: boolean): void {
  bits.put(isLast ? 1 : 0, 1);
  bits.put(2, 2);
  // 286 codes of lengths, one of distances, and how long the codes of code lengths are, in the order of the format.
  bits.put(286 - 257, 5);
  bits.put(0, 5);
  bits.put(18 - 4, 4);
  for (const length of [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 2]) bits.put(length, 3);
  const [one, two] = [0b01, 0b11];
  const unused = (count: number): void => {
    bits.put(0, 1);
    bits.put(count - 11, 7);
  };
  bits.put(two, 2);
  unused(138);
  unused(117);
  bits.put(two, 2);
  unused(28);
  bits.put(one, 2);
  bits.put(one, 2);
  const [zero, end] = [0b01, 0b11];
  bits.put(zero, 2);
  // The code of the run, and that of the distance one.
  for (let run = 0; run < runs; run++) bits.put(0, 2);
  bits.put(end, 2);
}

/** Adds a deflate block of fixed codes (RFC 1951, 3.2.6). */
function putRows(bits: DeflateBits, bytes: Uint8Array, rowBytes: number, isLast: boolean): void {
  bits.put(isLast ? 1 : 0, 1);
  bits.put(1, 2);
  for (let at = 0; at < bytes.length;) {
    const on = repeated(bytes, at, 1);
    const above = on === LONGEST ? 0 : repeated(bytes, at, rowBytes);
    const length = Math.max(on, above);
    if (length < SHORTEST) putSymbol(bits, bytes[at++]!);
    else {
      putLength(bits, length);
      putDistance(bits, on >= above ? 1 : rowBytes);
      at += length;
    }
  }
  putSymbol(bits, 256);
}

/** How many bytes from `at` on are those that stand so far before them. */
function repeated(bytes: Uint8Array, at: number, distance: number): number {
  if (at < distance || distance > 32768) return 0;
  const most = Math.min(LONGEST, bytes.length - at);
  let length = 0;
  while (length < most && bytes[at + length] === bytes[at + length - distance]) length++;
  return length;
}

function putSymbol(bits: DeflateBits, symbol: number): void {
  if (symbol < 144) bits.putCode(0x30 + symbol, 8);
  else if (symbol < 256) bits.putCode(0x190 + symbol - 144, 9);
  else if (symbol < 280) bits.putCode(symbol - 256, 7);
  else bits.putCode(0xc0 + symbol - 280, 8);
}

function putLength(bits: DeflateBits, length: number): void {
  if (length === LONGEST) return putSymbol(bits, 285);
  const value = length - SHORTEST;
  const extra = Math.max(0, 29 - Math.clz32(value));
  putSymbol(bits, 257 + 4 * extra + (value >> extra));
  bits.put(value & ((1 << extra) - 1), extra);
}

function putDistance(bits: DeflateBits, distance: number): void {
  const value = distance - 1;
  const extra = Math.max(0, 30 - Math.clz32(value));
  bits.putCode(2 * extra + (value >> extra), 5);
  bits.put(value & ((1 << extra) - 1), extra);
}

function adler32(before: number, bytes: Uint8Array, after: number): number {
  let a = 1;
  let b = before % ADLER;
  for (let from = 0; from < bytes.length; from += ADLER_STEP) {
    const to = Math.min(bytes.length, from + ADLER_STEP);
    for (let i = from; i < to; i++) {
      a += bytes[i]!;
      b += a;
    }
    a %= ADLER;
    b %= ADLER;
  }
  b = (b + a * (after % ADLER)) % ADLER;
  return ((b << 16) | a) >>> 0;
}
