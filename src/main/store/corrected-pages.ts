import { applyEdits } from '../../core/edit/apply-edits.ts';
import { BASE_KEY, decodeJson, regionsOf, TEXT_KEY } from '../../core/edit/edit-documents.ts';
import { foundTextBoxes } from '../../core/edit/text-boxes.ts';
import type { PageRegion } from '../../core/region/page-region.ts';
import type { PageTextBoxes } from '../../shared/api/text-boxes.ts';
import type { Digitization } from '../../core/digitization.ts';
import type { Project } from './open-project.ts';

/** Pages as people left them: what the machine read, with their corrections in it. */
export interface CorrectedPages {
  /**
   * Null while the page was never digitized. 60 ms for a page that was corrected, nothing when it is asked for again.
   *
   * @param reader whose corrections; '' for the page's own
   */
  page(id: number, reader?: string): Digitization | null;
  /** The print on a page, and whether somebody has reviewed it; as it was found where nobody changed it. */
  textBoxes(id: number, reader?: string): PageTextBoxes;
  /** The regions of a page. */
  regions(id: number, reader?: string): readonly PageRegion[];
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
  const documentsOf = (id: number, reader: string) =>
    reader === '' ? edits.documents(id) : readings.documents(id, reader);
  return {
    version,
    regions: (id, reader = '') => regionsOf(documentsOf(id, reader)),
    textBoxes(id, reader = '') {
      const document = reader === '' ? edits.document(id, TEXT_KEY) : readings.document(id, reader, TEXT_KEY);
      if (document) return decodeJson<PageTextBoxes>(document);
      const read = results.digitization(id, runOf(id, reader));
      return { reviewed: false, boxes: read ? foundTextBoxes(read) : [] };
    },
    page(id, reader = '') {
      const documents = documentsOf(id, reader);
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
