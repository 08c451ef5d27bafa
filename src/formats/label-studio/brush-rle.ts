import { AppError } from '../../shared/app-error.ts';

/** Sizes of a run's length in bits, of which two bits choose one. */
const LENGTH_BITS = [3, 4, 8, 16] as const;
const WORD_BITS = 8;
/** Bytes of a picture of 300 million pixels with four channels. */
const MOST_VALUES = 1_200_000_000;

/**
 * Runs of equal bytes as Label Studio stores its brushes: the packing of `@thi.ng/rle-pack`
 * (https://github.com/thi-ng/umbrella/tree/develop/packages/rle-pack). 32 bits: number of values; 5: bits of a value less
 * one; four times 4: sizes of lengths, less one. Then pieces: one bit (1: a run of one value, 0: single values), two bits
 * that choose a size, the length less one, the value or values. Most significant bits first.
 *
 * @param runs lengths and values; equal neighbours may be split
 */
export function packBrush(
  runs: Iterable<readonly [length: number, value: number]>,
  total: number,
): Uint8Array {
  const out = createBitWriter();
  out.write(total, 32);
  out.write(WORD_BITS - 1, 5);
  for (const bits of LENGTH_BITS) out.write(bits - 1, 4);
  const longest = 1 << LENGTH_BITS[3];
  for (const [length, value] of runs) {
    for (let left = length; left > 0;) {
      const run = Math.min(left, longest);
      const size = LENGTH_BITS.findIndex((bits) => run <= 1 << bits);
      out.write(1, 1);
      out.write(size, 2);
      out.write(run - 1, LENGTH_BITS[size]!);
      out.write(value, WORD_BITS);
      left -= run;
    }
  }
  return out.bytes();
}

/**
 * Reads what Label Studio packed, run by run.
 *
 * @throws AppError `corrupt` when it ends too early or its sizes cannot be
 */
export function* unpackBrush(bytes: ArrayLike<number>): Generator<readonly [length: number, value: number]> {
  let at = 0;
  const read = (bits: number): number => {
    if (at + bits > bytes.length * 8) throw new AppError('corrupt', 'A brush of Label Studio is cut short.');
    let value = 0;
    for (let left = bits; left > 0;) {
      const free = 8 - (at & 7);
      const take = Math.min(free, left);
      value = value * (1 << take) + ((bytes[at >> 3]! >> (free - take)) & ((1 << take) - 1));
      at += take;
      left -= take;
    }
    return value;
  };
  const total = read(32);
  const wordBits = read(5) + 1;
  const sizes = [0, 0, 0, 0].map(() => read(4) + 1);
  if (total > MOST_VALUES) throw new AppError('too-large', `A brush of Label Studio has ${total} values.`);
  for (let done = 0; done < total;) {
    const isRun = read(1) === 1;
    const length = read(sizes[read(2)]!) + 1;
    if (done + length > total)
      throw new AppError('corrupt', 'A brush of Label Studio is longer than its picture.');
    if (isRun) yield [length, read(wordBits)];
    else for (let i = 0; i < length; i++) yield [1, read(wordBits)];
    done += length;
  }
}

function createBitWriter(): { write(value: number, bits: number): void; bytes(): Uint8Array } {
  const out: number[] = [];
  let held = 0;
  let count = 0;
  return {
    write(value, bits) {
      for (let left = bits; left > 0;) {
        const take = Math.min(8 - count, left);
        const part = Math.floor(value / 2 ** (left - take)) & ((1 << take) - 1);
        held = (held << take) | part;
        count += take;
        left -= take;
        if (count < 8) continue;
        out.push(held);
        held = 0;
        count = 0;
      }
    },
    bytes() {
      return Uint8Array.from(count > 0 ? [...out, held << (8 - count)] : out);
    },
  };
}
