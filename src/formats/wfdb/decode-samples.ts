/** Samples as stored; differences for format 8. */
export type StoredSamples = Int16Array | Int32Array;

/** How one WFDB format stores samples (signal(5) of the WFDB Applications Guide). */
export interface SampleFormat {
  /** The sample that stands for none; null: the format has no such. */
  readonly invalid: number | null;
  /** Bytes that so many samples take, a last incomplete group filled up. */
  readonly bytesFor: (samples: number) => number;
  readonly decode: (bytes: Uint8Array) => StoredSamples;
}

/** The formats that are read, by their numbers. */
export const SAMPLE_FORMATS: Readonly<Record<number, SampleFormat>> = {
  8: { invalid: null, bytesFor: (n) => n, decode: (bytes) => mapBytes(bytes, (byte) => (byte << 24) >> 24) },
  16: { invalid: -32768, bytesFor: (n) => 2 * n, decode: (bytes) => decodeWords(bytes, true, 0) },
  24: { invalid: -(2 ** 23), bytesFor: (n) => 3 * n, decode: decodeFormat24 },
  32: { invalid: -(2 ** 31), bytesFor: (n) => 4 * n, decode: decodeFormat32 },
  61: { invalid: -32768, bytesFor: (n) => 2 * n, decode: (bytes) => decodeWords(bytes, false, 0) },
  80: { invalid: -128, bytesFor: (n) => n, decode: (bytes) => mapBytes(bytes, (byte) => byte - 128) },
  160: { invalid: -32768, bytesFor: (n) => 2 * n, decode: (bytes) => decodeWords(bytes, true, 0x8000) },
  212: { invalid: -2048, bytesFor: (n) => Math.ceil(1.5 * n), decode: decodeFormat212 },
  310: { invalid: -512, bytesFor: triples, decode: (bytes) => decodeTriples(bytes, split310) },
  311: { invalid: -512, bytesFor: triples, decode: (bytes) => decodeTriples(bytes, split311) },
};

/** 12-bit two's complement samples, two in three bytes; the middle byte holds both high nibbles. */
export function decodeFormat212(bytes: Uint8Array): Int16Array {
  const pairs = Math.floor(bytes.length / 3);
  // A last lone sample takes two bytes.
  const samples = new Int16Array(2 * pairs + (bytes.length % 3 === 2 ? 1 : 0));
  for (let i = 0; i < samples.length; i++) {
    const at = 3 * (i >> 1);
    const word =
      i % 2 === 0
        ? bytes[at]! | ((bytes[at + 1]! & 0x0f) << 8)
        : bytes[at + 2]! | ((bytes[at + 1]! & 0xf0) << 4);
    samples[i] = (word << 20) >> 20;
  }
  return samples;
}

function mapBytes(bytes: Uint8Array, sample: (byte: number) => number): Int16Array {
  const samples = new Int16Array(bytes.length);
  for (let i = 0; i < samples.length; i++) samples[i] = sample(bytes[i]!);
  return samples;
}

/** Words of 16 bits; what is stored with an offset gets it taken off. A trailing odd byte is ignored. */
function decodeWords(bytes: Uint8Array, littleEndian: boolean, offset: number): Int16Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const samples = new Int16Array(bytes.length >> 1);
  for (let i = 0; i < samples.length; i++) samples[i] = view.getInt16(2 * i, littleEndian) - offset;
  return samples;
}

function decodeFormat24(bytes: Uint8Array): Int32Array {
  const samples = new Int32Array(Math.floor(bytes.length / 3));
  for (let i = 0; i < samples.length; i++) {
    const word = bytes[3 * i]! | (bytes[3 * i + 1]! << 8) | (bytes[3 * i + 2]! << 16);
    samples[i] = (word << 8) >> 8;
  }
  return samples;
}

function decodeFormat32(bytes: Uint8Array): Int32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const samples = new Int32Array(bytes.length >> 2);
  for (let i = 0; i < samples.length; i++) samples[i] = view.getInt32(4 * i, true);
  return samples;
}

function triples(samples: number): number {
  return 4 * Math.ceil(samples / 3);
}

/** Three 10-bit samples in four bytes; of a last incomplete triple as many as its bytes hold. */
function decodeTriples(bytes: Uint8Array, split: (word: number, which: number) => number): Int16Array {
  const whole = Math.floor(bytes.length / 4);
  const bytesLeft = bytes.length % 4;
  const rest = split === split311 && bytesLeft === 3 ? 2 : bytesLeft >> 1;
  const samples = new Int16Array(3 * whole + rest);
  for (let i = 0; i < samples.length; i++) {
    const at = 4 * Math.floor(i / 3);
    const word =
      bytes[at]! | (bytes[at + 1]! << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
    samples[i] = (split(word, i % 3) << 22) >> 22;
  }
  return samples;
}

/** Bits 1-10 of each byte pair; the third sample is what is left over of both. */
function split310(word: number, which: number): number {
  if (which === 0) return word >>> 1;
  if (which === 1) return word >>> 17;
  return ((word >>> 11) & 0x1f) | (((word >>> 27) & 0x1f) << 5);
}

/** Ten bits after ten bits. */
function split311(word: number, which: number): number {
  return word >>> (10 * which);
}
