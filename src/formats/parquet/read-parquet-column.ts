import { gunzipSync } from 'fflate';
import { decompress as unpackZstd } from 'fzstd';
import { snappyUncompress } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { AppError } from '../../shared/app-error.ts';
import { decodeNumbers, type Numbers, type NumberType } from '../signal/decode-numbers.ts';
import { readHybrid } from './read-hybrid.ts';

/** A column of one row group. */
export interface ColumnPlace {
  readonly name: string;
  readonly type: string | undefined;
  readonly codec: string;
  readonly isOptional: boolean;
  readonly rows: number;
  /** The column's pages, dictionary first. */
  readonly bytes: Uint8Array;
}

const TYPES: Readonly<Record<string, NumberType>> = { INT32: 'i4', INT64: 'i8', FLOAT: 'f4', DOUBLE: 'f8' };
/** Writers aim at pages of a megabyte. */
const MAX_PAGE_BYTES = 64 * 2 ** 20;

/**
 * Reads the numbers of a flat column into `into` from index `at` on; nulls are left as they are. Pages of both versions,
 * plain or by dictionary, unpacked, Snappy, gzip or Zstandard (https://parquet.apache.org/docs/file-format/). Every
 * count is held against the rows there are, so that a damaged file cannot fill the memory.
 *
 * @throws AppError `unsupported` for other encodings and codecs, `corrupt`
 */
export function readParquetColumn(column: ColumnPlace, into: Float64Array, at: number): void {
  const type = TYPES[column.type ?? ''];
  if (!type) throw new AppError('unsupported', `The Parquet column ${column.name} holds no numbers.`);
  const { bytes, rows } = column;
  const from = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), offset: 0 };
  let dictionary: Numbers = new Float64Array(0);
  for (let row = 0; row < rows;) {
    const header = parquetHeader(from);
    const size = header.compressed_page_size;
    if (!(size >= 0 && size <= bytes.length - from.offset)) throw damaged(column, 'a page ends early');
    const packed = bytes.subarray(from.offset, from.offset + size);
    from.offset += size;
    const unpackedBytes = header.uncompressed_page_size;
    if (!(unpackedBytes >= 0 && unpackedBytes <= MAX_PAGE_BYTES)) throw damaged(column, 'a page has no size');
    if (header.dictionary_page_header) {
      const body = unpack(column, packed, unpackedBytes);
      dictionary = plain(column, body, header.dictionary_page_header.num_values, type);
      continue;
    }
    const [v1, v2] = [header.data_page_header, header.data_page_header_v2];
    const count = v1?.num_values ?? v2?.num_values ?? -1;
    if (!(count > 0 && count <= rows - row)) throw damaged(column, 'a page counts other rows than there are');
    let levels: Uint8Array | null = null;
    let body: Uint8Array;
    if (v2) {
      const levelBytes = v2.definition_levels_byte_length;
      if (!(levelBytes >= 0 && levelBytes <= packed.length)) throw damaged(column, 'a page ends early');
      levels = packed.subarray(0, levelBytes);
      const rest = packed.subarray(levelBytes);
      body =
        v2.is_compressed === false ? rest : unpack(column, rest, Math.max(0, unpackedBytes - levelBytes));
    } else {
      body = unpack(column, packed, unpackedBytes);
      if (column.isOptional) {
        const length =
          body.length < 4 ? Infinity : new DataView(body.buffer, body.byteOffset).getUint32(0, true);
        if (length > body.length - 4) throw damaged(column, 'a page ends early');
        levels = body.subarray(4, 4 + length);
        body = body.subarray(4 + length);
      }
    }
    const seen = column.isOptional && levels ? readHybrid(levels, 1, count) : null;
    const present = seen ? seen.reduce((total, level) => total + level, 0) : count;
    const encoding = v1?.encoding ?? v2?.encoding;
    let values: ArrayLike<number>;
    if (encoding === 'PLAIN') {
      values = plain(column, body, present, type);
    } else if (encoding === 'RLE_DICTIONARY' || encoding === 'PLAIN_DICTIONARY') {
      const indexes = present === 0 ? [] : readHybrid(body.subarray(1), body[0] ?? 0, present);
      values = Float64Array.from(indexes, (index) => dictionary[index] ?? NaN);
    } else {
      throw new AppError(
        'unsupported',
        `The Parquet column ${column.name} is encoded as ${encoding}, which is not read.`,
      );
    }
    for (let i = 0, next = 0; i < count; i++) {
      if (!seen || seen[i]) into[at + row + i] = values[next++]!;
    }
    row += count;
  }
}

function plain(column: ColumnPlace, body: Uint8Array, count: number, type: NumberType): Numbers {
  if (!(count >= 0 && count * Number(type[1]) <= body.length)) throw damaged(column, 'a page ends early');
  return decodeNumbers(body, count, type, true);
}

function unpack(column: ColumnPlace, packed: Uint8Array, size: number): Uint8Array {
  if (column.codec === 'UNCOMPRESSED') return packed;
  const output = new Uint8Array(size);
  if (column.codec === 'SNAPPY') {
    if (size > 0) snappyUncompress(packed, output);
    return output;
  }
  if (column.codec === 'GZIP') return gunzipSync(packed, { out: output });
  if (column.codec === 'ZSTD') return unpackZstd(packed, output);
  throw new AppError(
    'unsupported',
    `Parquet columns packed with ${column.codec} are not read: use Snappy, gzip or Zstandard.`,
  );
}

function damaged(column: ColumnPlace, how: string): AppError {
  return new AppError('corrupt', `The column ${column.name} of the Parquet file is damaged: ${how}.`);
}
