import { realpathSync, statSync, type Stats } from 'node:fs';
import { extname, sep } from 'node:path';
import type { PageLocation } from '../store/page-table.ts';
import { knownSignalsPath } from './known-signals.ts';

/** A table of signals that are known of a page. */
export interface KnownSignalsFile {
  readonly path: string;
  readonly stats: Stats;
}

/**
 * Where the signals that are known of a page are: a CSV beside the scan, of the same name, or what an import kept of them;
 * null for none. A file of several pages has none for each.
 */
export function findKnownSignals(projectDir: string, place: PageLocation): KnownSignalsFile | null {
  if (place.pageIndex > 0) return null;
  return besideScan(place) ?? fileAt(knownSignalsPath(projectDir, place.contentHash));
}

function besideScan(place: PageLocation): KnownSignalsFile | null {
  const found = fileAt(place.scanPath.slice(0, -extname(place.scanPath).length) + '.csv');
  if (!found) return null;
  // A link must not lead out of the scans' folder.
  const root = place.folderPath.endsWith(sep) ? place.folderPath : place.folderPath + sep;
  return realpathSync(found.path).startsWith(root) ? found : null;
}

function fileAt(path: string): KnownSignalsFile | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isFile() ? { path, stats } : null;
}
