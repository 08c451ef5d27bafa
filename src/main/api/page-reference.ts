import { realpathSync, statSync, type Stats } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, extname, sep } from 'node:path';
import { packLeadTable } from '../../core/metrics/pack-lead-table.ts';
import { readLeadTableCsv } from '../../formats/csv/read-lead-table-csv.ts';
import { AppError } from '../../shared/app-error.ts';
import { knownSignalsPath } from '../import/known-signals.ts';
import type { Project } from '../store/open-project.ts';
import type { PageLocation } from '../store/page-table.ts';
import type { BytesAnswer } from './handlers.ts';

/** Signals that are known of pages: a CSV beside the scan, of the same name, or what an import kept of them. */
export interface PageReferences {
  has(pageId: number): boolean;
  /** @throws AppError `not-found`; (from `bytes`) `too-large`, `corrupt` as `readLeadTableCsv` */
  answer(pageId: number): BytesAnswer;
}

/** Ten minutes of twelve leads at 1000 Hz. */
const MOST_BYTES = 64 * 1024 * 1024;

export function openPageReferences(project: Project): PageReferences {
  const find = (pageId: number): { path: string; stats: Stats } | null => {
    const place = project.pages.locate(pageId);
    // A file of several pages has no CSV of its own for each.
    if (!place || place.pageIndex > 0) return null;
    return besideScan(place) ?? imported(place.contentHash);
  };
  const imported = (contentHash: string): { path: string; stats: Stats } | null => {
    const path = knownSignalsPath(project.dir, contentHash);
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats?.isFile() ? { path, stats } : null;
  };
  const besideScan = (place: PageLocation): { path: string; stats: Stats } | null => {
    const path = place.scanPath.slice(0, -extname(place.scanPath).length) + '.csv';
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats?.isFile()) return null;
    // A link must not lead out of the scans' folder.
    const root = place.folderPath.endsWith(sep) ? place.folderPath : place.folderPath + sep;
    return realpathSync(path).startsWith(root) ? { path, stats } : null;
  };
  return {
    has: (pageId) => find(pageId) !== null,
    answer(pageId) {
      const found = find(pageId);
      if (!found) throw new AppError('not-found', 'There is no CSV of known signals beside this scan.');
      const { path, stats } = found;
      return {
        contentType: 'application/octet-stream',
        etag: `reference-${pageId}-${stats.size}-${Math.round(stats.mtimeMs)}`,
        async bytes() {
          if (stats.size > MOST_BYTES) {
            throw new AppError('too-large', `"${basename(path)}" has more than ${MOST_BYTES} bytes.`);
          }
          return packLeadTable(readLeadTableCsv(await readFile(path, 'utf8')));
        },
      };
    },
  };
}
