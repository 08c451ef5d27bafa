import { decodeChunks, encodeChunks } from '../../shared/api/chunk-bytes.ts';
import type { LeadName } from '../../shared/lead-name.ts';
import type { LeadTable } from './lead-table.ts';

interface Meta {
  readonly fs: number;
  readonly startSeconds: number;
  readonly leads: readonly LeadName[];
}

/** Packs a table of signals for the wire. */
export function packLeadTable({ fs, startSeconds, leads }: LeadTable): Uint8Array<ArrayBuffer> {
  return encodeChunks({ fs, startSeconds, leads: [...leads.keys()] } satisfies Meta, [...leads.values()]);
}

/** Restores what `packLeadTable` packed. @throws RangeError when the bytes are cut short */
export function unpackLeadTable(bytes: Uint8Array): LeadTable {
  const { meta, arrays } = decodeChunks(bytes);
  const { fs, startSeconds, leads } = meta as Meta;
  return { fs, startSeconds, leads: new Map(leads.map((lead, i) => [lead, arrays[i] as Float32Array])) };
}
