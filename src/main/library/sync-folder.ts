import type { FileTable, FoundFile, Inspection, KnownFile } from '../store/file-table.ts';
import type { ScanListing } from './list-scans.ts';

/** What bringing a folder up to date needs to know and to do. */
export interface SyncFolder {
  readonly files: FileTable;
  readonly folderId: number;
  readonly listing: ScanListing;
  /** Reads a file's content; null when it cannot be read. */
  readonly inspect: (file: FoundFile) => Promise<Inspection | null>;
  /** Files younger than this are still being written and left for later; 0 takes all. */
  readonly settleMs?: number;
  /** Whether new pages go to the digitizer at once. */
  readonly queue: boolean;
  readonly now?: number;
  readonly signal?: AbortSignal;
}

/** Files per transaction: a few milliseconds each, so that nothing else waits long. */
const BATCH = 500;

/**
 * Brings the stored files of a folder in line with what lies there: unchanged files (size and time) cost nothing,
 * changed ones are read again, vanished ones are marked, new ones added, and of the new those whose content is that
 * of a vanished one take over its pages. May be stopped and repeated at any point.
 *
 * @returns whether files were left because they are still being written
 */
export async function syncFolder(sync: SyncFolder): Promise<{ readonly unsettled: boolean }> {
  const { files, folderId, listing, inspect, settleMs = 0, queue, now = Date.now(), signal } = sync;
  const known = new Map(files.inFolder(folderId).map((file) => [file.relativePath, file]));
  const settled = (file: FoundFile): boolean => settleMs === 0 || Math.abs(now - file.mtimeMs) > settleMs;
  const fresh: FoundFile[] = [];
  const back: number[] = [];
  const changed: [KnownFile, FoundFile][] = [];
  let unsettled = false;
  const present = new Set<string>();
  for (const file of listing.files) {
    present.add(file.relativePath);
    const before = known.get(file.relativePath);
    const same = before && before.size === file.size && before.mtimeMs === file.mtimeMs;
    if (same) {
      if (before.missing) back.push(before.id);
    } else if (!settled(file)) {
      unsettled = true;
    } else if (before) {
      changed.push([before, file]);
    } else {
      fresh.push(file);
    }
  }
  const hidden = (path: string): boolean => listing.problems.some((p) => path.startsWith(p.relativePath));
  const gone = [...known.values()].filter(
    (file) => !file.missing && !present.has(file.relativePath) && !hidden(file.relativePath),
  );
  for (const batch of batches(gone))
    files.setMissing(
      batch.map(({ id }) => id),
      true,
    );
  for (const batch of batches(back)) files.setMissing(batch, false);

  const added: FoundFile[] = [];
  for (const file of fresh) {
    signal?.throwIfAborted();
    const candidates = files.missingOfSize(file.size);
    const seen = candidates.length > 0 ? await inspect(file) : null;
    const moved = seen && candidates.find(({ hash }) => hash === seen.hash);
    if (moved) files.move(moved.id, folderId, file);
    else added.push(file);
  }
  for (const batch of batches(added)) {
    signal?.throwIfAborted();
    files.add(folderId, batch, { queue });
    // Lets requests through between transactions.
    await new Promise((resolve) => setImmediate(resolve));
  }
  for (const [before, file] of changed) {
    signal?.throwIfAborted();
    const seen = await inspect(file);
    if (seen) files.recordChange(before.id, file, seen);
  }
  return { unsettled };
}

function batches<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / BATCH) }, (_, i) =>
    items.slice(i * BATCH, (i + 1) * BATCH),
  );
}
