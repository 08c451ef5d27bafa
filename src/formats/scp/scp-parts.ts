import { AppError } from '../../shared/app-error.ts';
import type { ByteReader } from '../signal/byte-reader.ts';
import { DEFAULT_TABLE, type HuffmanCode } from './huffman.ts';

/** What section 1 says about the recording. */
export interface ScpHeader {
  readonly patientId: string | null;
  readonly startTime: string | null;
  readonly comments: readonly string[];
}

/** One lead of section 3; samples count from 1. */
export interface ScpLead {
  readonly id: number;
  readonly first: number;
  readonly last: number;
}

/** A heart beat of section 4; samples count from 1. */
export interface ScpBeat {
  readonly type: number;
  /** Where the reference beat was subtracted, and the point of it that both share. */
  readonly first: number;
  readonly fiducial: number;
  readonly last: number;
}

/** Reads the tags of section 1: patient's id, date and time of acquisition, free text. */
export function readScpHeader(from: ByteReader | undefined): ScpHeader {
  let patientId: string | null = null;
  let day = '';
  let clock = 'T00:00:00';
  const comments: string[] = [];
  const two = (n: number) => String(n).padStart(2, '0');
  while (from && from.left >= 3) {
    const tag = from.u8();
    const length = from.u16();
    if (tag === 255) break;
    const end = from.at + length;
    if (tag === 25 && length >= 4) {
      day = `${String(from.u16()).padStart(4, '0')}-${two(from.u8())}-${two(from.u8())}`;
    } else if (tag === 26 && length >= 3) {
      clock = `T${two(from.u8())}:${two(from.u8())}:${two(from.u8())}`;
    } else if (tag === 2 || tag === 30) {
      const text = from.latin1(length).replace(/\0.*$/s, '').trim();
      if (text !== '' && tag === 2) patientId = text;
      else if (text !== '') comments.push(text);
    }
    from.seek(Math.max(end, from.at));
  }
  return { patientId, startTime: /^(19|20)\d\d-(0[1-9]|1[0-2])-/.test(day) ? day + clock : null, comments };
}

/** Reads the Huffman tables of section 2; null where samples are stored as they are. */
export function readScpTables(from: ByteReader | undefined): (readonly HuffmanCode[])[] | null {
  if (!from || from.left < 2) return null;
  const count = from.u16();
  if (count === 19_999) return [DEFAULT_TABLE];
  if (count === 0) return null;
  const tables: HuffmanCode[][] = [];
  for (let t = 0; t < count; t++) {
    const codes = from.u16();
    const table: HuffmanCode[] = [];
    for (let c = 0; c < codes; c++) {
      const [prefixBits, totalBits, mode, value, prefix] = [
        from.u8(),
        from.u8(),
        from.u8(),
        from.i16(),
        from.u32(),
      ];
      table.push({ prefixBits, totalBits, isValue: mode !== 0, value, prefix });
    }
    tables.push(table);
  }
  return tables;
}

/** Reads section 3: the leads, and whether a reference beat was subtracted of them. */
export function readScpLeads(from: ByteReader): { leads: ScpLead[]; subtracted: boolean } {
  const count = from.u8();
  const flags = from.u8();
  const leads = Array.from({ length: count }, () => {
    const [first, last, id] = [from.u32(), from.u32(), from.u8()];
    if (first < 1 || last < first)
      throw new AppError('corrupt', 'A lead of the SCP record ends before it begins.');
    return { id, first, last };
  });
  return { leads, subtracted: (flags & 1) === 1 };
}

/** Reads section 4: length and fiducial sample of the reference beat, and where beats were subtracted. */
export function readScpBeats(from: ByteReader): {
  readonly lengthMilliseconds: number;
  readonly fiducial: number;
  readonly beats: readonly ScpBeat[];
} {
  const lengthMilliseconds = from.u16();
  const fiducial = from.u16();
  const count = from.u16();
  const beats = Array.from({ length: count }, () => {
    const [type, first, at, last] = [from.u16(), from.u32(), from.u32(), from.u32()];
    return { type, first, fiducial: at, last };
  });
  return { lengthMilliseconds, fiducial, beats };
}
