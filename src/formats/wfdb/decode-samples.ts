/** WFDB format 16: little-endian two's complement words. A trailing odd byte is ignored. */
export function decodeFormat16(bytes: Uint8Array): Int16Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const samples = new Int16Array(bytes.length >> 1);
  for (let i = 0; i < samples.length; i++) samples[i] = view.getInt16(2 * i, true);
  return samples;
}

/** WFDB format 212: pairs of 12-bit two's complement samples in three bytes; the middle byte holds both high nibbles. */
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
