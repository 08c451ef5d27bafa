/** Longest record name the WFDB library reads (WFDB_MAXRNL). */
const MAX_LENGTH = 50;

/** Whether standard WFDB tools take `name` as a record name. */
export function isWfdbRecordName(name: string): boolean {
  return name.length <= MAX_LENGTH && /^[A-Za-z0-9_-]+$/.test(name);
}

/**
 * Turns a file stem into a legal WFDB record name (letters, digits, `-`, `_`, at most 50).
 *
 * A legal stem stays as it is. Otherwise accents are dropped (`é` to `e`), dots and spaces become `_`, and that is all
 * where it suffices. Where other characters are lost (`心电图`) or the name is too long, it is shortened and gets `_`
 * and eight hexadecimal digits of a hash of the whole stem, so that different stems keep different names.
 *
 * @example
 * toWfdbRecordName('scan.p2'); // scan_p2
 * toWfdbRecordName('Müller 3'); // Muller_3
 * toWfdbRecordName('心电图'); // ecg_a9cd2466
 */
export function toWfdbRecordName(stem: string): string {
  if (isWfdbRecordName(stem)) return stem;
  const plain = stem.normalize('NFKD').replace(/\p{M}/gu, '').replace(/[. ]/g, '_');
  if (isWfdbRecordName(plain)) return plain;
  const kept = plain.replace(/[^A-Za-z0-9_-]+/g, '_').replace(/^_+|_+$/g, '');
  return `${kept.slice(0, MAX_LENGTH - 9) || 'ecg'}_${hash32(stem.normalize('NFC'))}`;
}

/** FNV-1a over UTF-8, eight hexadecimal digits. */
function hash32(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
