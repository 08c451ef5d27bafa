import { applyEdits } from '../../core/edit/apply-edits.ts';
import type { Digitization } from '../../core/digitization.ts';
import { BASE_KEY } from '../../core/edit/edit-documents.ts';
import type { Project } from './open-project.ts';

/** Pages as people left them: what the machine read, with their corrections in it. */
export interface CorrectedPages {
  /**
   * Null while the page was never digitized. 60 ms for a page that was corrected, nothing when it is asked for again.
   *
   * @param reader whose corrections; '' for the page's own
   */
  page(id: number, reader?: string): Digitization | null;
  /** Changes whenever the corrected page may have. */
  version(id: number, reader?: string): string;
}

const KEPT = 4;

export function createCorrectedPages({
  results,
  edits,
  readings,
}: Pick<Project, 'results' | 'edits' | 'readings'>): CorrectedPages {
  const made = new Map<string, { readonly version: string; readonly page: Digitization }>();
  const runOf = (id: number, reader: string): number => {
    return reader === '' ? results.baseRun(id) : results.baseRun(id, readings.document(id, reader, BASE_KEY));
  };
  const version = (id: number, reader = ''): string => {
    const { revision } = reader === '' ? edits.stack(id) : readings.stack(id, reader);
    return `${runOf(id, reader)}.${revision}${reader === '' ? '' : `.${encodeURIComponent(reader)}`}`;
  };
  return {
    version,
    page(id, reader = '') {
      const documents = reader === '' ? edits.documents(id) : readings.documents(id, reader);
      const base = (): Digitization | null => results.digitization(id, runOf(id, reader));
      if (documents.size === 0) return base();
      const key = `${id} ${reader}`;
      const now = version(id, reader);
      const known = made.get(key);
      if (known?.version === now) return known.page;
      const read = base();
      if (!read) return null;
      const page = applyEdits(read, documents);
      made.delete(key);
      made.set(key, { version: now, page });
      for (const oldest of made.keys()) {
        if (made.size <= KEPT) break;
        made.delete(oldest);
      }
      return page;
    },
  };
}
