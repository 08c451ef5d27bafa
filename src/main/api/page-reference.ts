import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { packLeadTable } from '../../core/metrics/pack-lead-table.ts';
import { readLeadTableCsv } from '../../formats/csv/read-lead-table-csv.ts';
import { AppError } from '../../shared/app-error.ts';
import { findKnownSignals, type KnownSignalsFile } from '../import/find-known-signals.ts';
import type { Project } from '../store/open-project.ts';
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
  const find = (pageId: number): KnownSignalsFile | null => {
    const place = project.pages.locate(pageId);
    return place && findKnownSignals(project.dir, place);
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
