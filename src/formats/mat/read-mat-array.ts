import { AppError } from '../../shared/app-error.ts';
import { ByteReader, latin1 } from '../signal/byte-reader.ts';
import { bytesOf, decodeNumbers, type NumberType } from '../signal/decode-numbers.ts';
import { checkSize } from '../signal/ecg-signal.ts';
import type { MatValue } from './mat-value.ts';

/** Data types of elements. */
const STORED: Readonly<Record<number, NumberType>> = {
  1: 'i1',
  2: 'u1',
  3: 'i2',
  4: 'u2',
  5: 'i4',
  6: 'u4',
  7: 'f4',
  9: 'f8',
  12: 'i8',
  13: 'u8',
};
const CELL = 1;
const STRUCT = 2;
const CHAR = 4;
const FIRST_NUMERIC = 6;
const FIRST_INTEGER = 8;
const LAST_NUMERIC = 15;
const COMPLEX = 0x0800;
/** Structs in structs beyond this are no recording. */
const MAX_DEPTH = 12;
/** Cells and fields of one array. */
const MAX_ITEMS = 100_000;

/** Reads the inside of a miMATRIX element. @throws AppError `corrupt`, `too-large` */
export function readMatArray(
  bytes: Uint8Array,
  littleEndian: boolean,
  depth = 0,
): { name: string; value: MatValue } {
  // An empty element stands for an empty array.
  if (bytes.length === 0) return { name: '', value: { kind: 'other' } };
  if (depth > MAX_DEPTH) throw new AppError('corrupt', 'The MAT file nests its arrays too deep.');
  const from = new ByteReader(bytes, 'An array of the MAT file', { littleEndian });
  const flags = new ByteReader(element(from).body, 'The flags of a MAT array', { littleEndian }).u32();
  const shape = [...integers(element(from), littleEndian)];
  if (shape.length < 2 || shape.length > 32 || shape.some((n) => n < 0)) {
    throw new AppError('corrupt', 'An array of the MAT file has no dimensions.');
  }
  const name = latin1(element(from).body).replace(/\0+$/, '');
  const kind = flags & 0xff;
  const count = shape.reduce((product, n) => product * n, 1);
  checkSize(1, count);
  if (kind === CELL) {
    checkItems(count);
    const items = Array.from(
      { length: count },
      () => readMatArray(matrix(from), littleEndian, depth + 1).value,
    );
    return { name, value: { kind: 'cell', items } };
  }
  if (kind === STRUCT) {
    const length = integers(element(from), littleEndian)[0] ?? 0;
    const names = latin1(element(from).body);
    if (length < 1 || length > 256)
      throw new AppError('corrupt', 'A struct of the MAT file has no field names.');
    const fields = new Map<string, MatValue>();
    if (count === 0) return { name, value: { kind: 'struct', fields } };
    checkItems(names.length / length);
    for (let at = 0; at + length <= names.length; at += length) {
      const field = names.slice(at, at + length).replace(/\0.*$/s, '');
      fields.set(field, readMatArray(matrix(from), littleEndian, depth + 1).value);
    }
    return { name, value: { kind: 'struct', fields } };
  }
  if (kind === CHAR) return { name, value: textValue(text(element(from), littleEndian), shape[0]!) };
  if (kind < FIRST_NUMERIC || kind > LAST_NUMERIC || flags & COMPLEX)
    return { name, value: { kind: 'other' } };
  const real = element(from);
  const type = STORED[real.type];
  if (!type || real.body.length < count * bytesOf(type)) {
    throw new AppError(
      'corrupt',
      `The variable ${name || '(unnamed)'} of the MAT file has fewer values than it says.`,
    );
  }
  const data = decodeNumbers(real.body, count, type, littleEndian);
  return { name, value: { kind: 'numbers', shape, data, integer: kind >= FIRST_INTEGER } };
}

interface Element {
  readonly type: number;
  readonly body: Uint8Array;
}

/** The next data element; those of up to four bytes keep them in their tag. */
function element(from: ByteReader): Element {
  const tag = from.u32();
  if (tag >>> 16 > 0) {
    const body = from.take(4).subarray(0, Math.min(4, tag >>> 16));
    return { type: tag & 0xffff, body };
  }
  const body = from.take(from.u32());
  from.seek(Math.min(from.bytes.length, 8 * Math.ceil(from.at / 8)));
  return { type: tag, body };
}

function matrix(from: ByteReader): Uint8Array {
  const { type, body } = element(from);
  if (type !== 14) throw new AppError('corrupt', 'A cell or field of the MAT file is no array.');
  return body;
}

function integers({ type, body }: Element, littleEndian: boolean): ArrayLike<number> & Iterable<number> {
  if (type !== 5 && type !== 6)
    throw new AppError('corrupt', 'The MAT file has another type where integers belong.');
  return decodeNumbers(body, body.length >> 2, type === 5 ? 'i4' : 'u4', littleEndian);
}

function text({ type, body }: Element, littleEndian: boolean): string {
  if (type === 4 || type === 17) {
    return new TextDecoder(littleEndian ? 'utf-16le' : 'utf-16be').decode(body);
  }
  return type === 16 ? new TextDecoder().decode(body) : latin1(body);
}

/** A char array of several rows, filled up with spaces, is a list of texts: SciPy saves lists that way. */
function textValue(all: string, rows: number): MatValue {
  if (rows <= 1) return { kind: 'text', text: all };
  checkItems(rows);
  const items = Array.from({ length: rows }, (_, row): MatValue => {
    let line = '';
    for (let at = row; at < all.length; at += rows) line += all[at]!;
    return { kind: 'text', text: line.trimEnd() };
  });
  return { kind: 'cell', items };
}

function checkItems(count: number): void {
  if (count > MAX_ITEMS)
    throw new AppError('too-large', `A MAT array of ${count} cells or fields is not read.`);
}
