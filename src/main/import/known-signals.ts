import { join } from 'node:path';
import type { LeadTable } from '../../core/metrics/lead-table.ts';
import { writeLeadTableCsv } from '../../formats/csv/write-lead-table-csv.ts';
import { writeTogether } from '../export/write-together.ts';

/**
 * Where a project keeps signals that are known of a scan and that do not lie beside it as a table of Tracewright: named after
 * the scan's content, so that they stay with it when it is moved.
 *
 * @param contentHash SHA-256 of the scan, hexadecimal
 */
export function knownSignalsPath(projectDir: string, contentHash: string): string {
  return join(projectDir, 'known-signals', `${contentHash.replace(/[^0-9a-f]/gi, '_')}.csv`);
}

/** Keeps signals that are known of a scan at a path of `knownSignalsPath`. @throws AppError `storage` */
export async function keepTable(path: string, table: LeadTable): Promise<void> {
  await writeTogether([{ path, bytes: writeLeadTableCsv(table) }]);
}
