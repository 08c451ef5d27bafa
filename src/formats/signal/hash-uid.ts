/**
 * A DICOM unique identifier made of content: `2.25.` and a 128-bit number (PS3.5, B.2), the same for the same bytes.
 * Four times MurmurHash3 of 32 bits (Appleby, public domain), each from a seed of its own: enough to tell recordings
 * apart, no proof against forgery.
 *
 * @param salt tells identifiers of the same bytes apart
 */
export function hashUid(bytes: Uint8Array, salt: number): string {
  let uid = 0n;
  for (let word = 0; word < 4; word++) {
    uid = (uid << 32n) | BigInt(murmur32(bytes, 4 * salt + word + 1));
  }
  return `2.25.${uid}`;
}

function murmur32(bytes: Uint8Array, seed: number): number {
  let hash = seed | 0;
  const whole = bytes.length & ~3;
  for (let i = 0; i < whole; i += 4) {
    const word = bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
    hash ^= scramble(word);
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  let rest = 0;
  for (let i = bytes.length - 1; i >= whole; i--) rest = (rest << 8) | bytes[i]!;
  if (bytes.length > whole) hash ^= scramble(rest);
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function scramble(word: number): number {
  const mixed = Math.imul(word, 0xcc9e2d51);
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
}
