import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Inspection } from '../store/file-table.ts';
import { DEFAULT_DECODE_LIMITS } from './decode-limits.ts';
import { countPages } from './decode-page.ts';
import { readScanFile } from './read-scan-file.ts';

/**
 * Looks at a file's content: SHA-256 and number of pages (1 where they cannot be counted; digitizing the page then says
 * why). Null when the file cannot be read, is empty or too large.
 */
export async function inspectScan(path: string): Promise<Inspection | null> {
  const bytes = await readScanFile(path, DEFAULT_DECODE_LIMITS).catch(() => null);
  if (!bytes) return null;
  const hash = createHash('sha256').update(bytes).digest('hex');
  const pageCount = await countPages(bytes, basename(path)).catch(() => 1);
  return { hash, pageCount: Math.max(1, pageCount) };
}
