import { AppError } from '../../shared/app-error.ts';
import { ByteReader, latin1 } from '../signal/byte-reader.ts';

/** Bytes of a section behind its header of 16 bytes, by its number. */
export type ScpSections = ReadonlyMap<number, ByteReader>;

/** Whether bytes begin like an SCP-ECG record. */
export function isScp(bytes: Uint8Array): boolean {
  return latin1(bytes.subarray(16, 22)) === 'SCPECG';
}

/**
 * Finds the sections of an SCP-ECG record (EN 1064) by the pointers of section 0.
 *
 * @throws AppError `corrupt`
 */
export function scpSections(bytes: Uint8Array): ScpSections {
  if (!isScp(bytes))
    throw new AppError('corrupt', 'This is no SCP-ECG record: its pointer section is missing.');
  const from = new ByteReader(bytes, 'The SCP record');
  from.seek(10);
  const pointerBytes = from.u32() - 16;
  const sections = new Map<number, ByteReader>();
  from.seek(22);
  for (let i = 0; i + 10 <= pointerBytes && from.left >= 10; i += 10) {
    const [id, length, index] = [from.u16(), from.u32(), from.u32()];
    if (length <= 16 || id === 0 || sections.has(id)) continue;
    // Indexes count from 1.
    if (index < 1 || index - 1 + length > bytes.length) {
      throw new AppError('corrupt', `Section ${id} of the SCP record lies beyond its end.`);
    }
    sections.set(
      id,
      new ByteReader(bytes.subarray(index + 15, index - 1 + length), `Section ${id} of the SCP record`),
    );
  }
  return sections;
}

/** The CRC-CCITT with which a record begins, over all that follows (EN 1064, 5.1). */
export function scpChecksum(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++)
      crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc;
}
