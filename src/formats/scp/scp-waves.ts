import { AppError } from '../../shared/app-error.ts';
import type { ByteReader } from '../signal/byte-reader.ts';
import { decodeNumbers } from '../signal/decode-numbers.ts';
import { decodeHuffman, type HuffmanCode } from './huffman.ts';

/** Leads of section 5 or 6 before their scale. */
export interface ScpWaves {
  readonly nanovoltsPerUnit: number;
  readonly sampleMicroseconds: number;
  /** Second byte of options: in section 6 whether what lies between beats was thinned out. */
  readonly bimodal: boolean;
  /** Whole units, a list per lead. */
  readonly leads: readonly Int32Array[];
}

/**
 * Reads section 5 (reference beat) or 6 (rhythm): differences undone, Huffman code undone where there are tables.
 *
 * @param countsAt samples of each lead, at an interval of so many microseconds
 * @throws AppError `corrupt`
 */
export function readScpWaves(
  from: ByteReader,
  countsAt: (sampleMicroseconds: number) => readonly number[],
  tables: readonly (readonly HuffmanCode[])[] | null,
): ScpWaves {
  const nanovoltsPerUnit = from.u16();
  const sampleMicroseconds = from.u16();
  const differences = from.u8();
  const bimodal = from.u8() !== 0;
  if (nanovoltsPerUnit === 0 || sampleMicroseconds === 0 || differences > 2) {
    throw new AppError('corrupt', 'The SCP record does not say how its samples are scaled.');
  }
  const counts = countsAt(sampleMicroseconds);
  const lengths = counts.map(() => from.u16());
  const leads = counts.map((count, l) => {
    const bytes = from.take(lengths[l]!);
    // A code takes a bit at least, a sample as it is two bytes.
    if (count > (tables ? 8 * bytes.length : bytes.length >> 1)) {
      throw new AppError(
        'corrupt',
        `Lead ${l + 1} of the SCP record holds fewer than the ${count} samples it promises.`,
      );
    }
    const stored = tables
      ? decodeHuffman(bytes, count, tables)
      : Int32Array.from(decodeNumbers(bytes, count, 'i2', true));
    return integrate(stored, differences);
  });
  return { nanovoltsPerUnit, sampleMicroseconds, bimodal, leads };
}

/** Undoes first or second differences in place; the first one or two numbers are samples. */
function integrate(stored: Int32Array, differences: number): Int32Array {
  for (let i = differences; differences > 0 && i < stored.length; i++) {
    stored[i] =
      differences === 1 ? stored[i]! + stored[i - 1]! : stored[i]! + 2 * stored[i - 1]! - stored[i - 2]!;
  }
  return stored;
}
