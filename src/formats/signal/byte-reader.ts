import { AppError } from '../../shared/app-error.ts';

/**
 * Reads numbers and text off bytes in order and refuses to go past their end, so that a damaged length is an error and
 * never a crash.
 *
 * @example
 * const from = new ByteReader(bytes, 'The MAT file', { littleEndian: true });
 * const version = from.u16();
 */
export class ByteReader {
  readonly bytes: Uint8Array;
  readonly littleEndian: boolean;
  at = 0;
  readonly #view: DataView;
  readonly #what: string;

  /** @param what what is read, for the words of an error: `The MAT file` */
  constructor(bytes: Uint8Array, what: string, { littleEndian = true } = {}) {
    this.bytes = bytes;
    this.littleEndian = littleEndian;
    this.#what = what;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  /** Moves to a byte of the file. @throws AppError `corrupt` when there is none */
  seek(at: number): void {
    if (!(at >= 0 && at <= this.bytes.length)) throw this.#short(at, 0);
    this.at = at;
  }

  /** The next bytes, not copied. @throws AppError `corrupt` */
  take(length: number): Uint8Array {
    const from = this.#advance(length);
    return this.bytes.subarray(from, from + length);
  }

  /** One byte per character. */
  latin1(length: number): string {
    return latin1(this.take(length));
  }

  u8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  i16(): number {
    return this.#view.getInt16(this.#advance(2), this.littleEndian);
  }

  u16(): number {
    return this.#view.getUint16(this.#advance(2), this.littleEndian);
  }

  i32(): number {
    return this.#view.getInt32(this.#advance(4), this.littleEndian);
  }

  u32(): number {
    return this.#view.getUint32(this.#advance(4), this.littleEndian);
  }

  #advance(length: number): number {
    if (!(length >= 0 && length <= this.left)) throw this.#short(this.at, length);
    const from = this.at;
    this.at += length;
    return from;
  }

  #short(at: number, length: number): AppError {
    return new AppError(
      'corrupt',
      `${this.#what} ends early: ${length} bytes are expected at byte ${at} of ${this.bytes.length}.`,
    );
  }
}

/** Text of bytes, one character each. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) {
    text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  }
  return text;
}
