import { applyEdits } from '../../core/edit/apply-edits.ts';
import { decodeJson, TEXT_KEY } from '../../core/edit/edit-documents.ts';
import { foundTextBoxes } from '../../core/edit/text-boxes.ts';
import type { PageTextBoxes } from '../../shared/api/text-boxes.ts';
import type { Digitization } from '../../core/digitization.ts';
import type { EditTable } from './edit-table.ts';
import type { ResultTable } from './result-table.ts';

/** Pages as people left them: what the machine read, with their corrections in it. */
export interface CorrectedPages {
  /** Null while the page was never digitized. 60 ms for a page that was corrected, nothing when it is asked for again. */
  page(id: number): Digitization | null;
  /** The print on a page, and whether somebody has reviewed it; as it was found where nobody changed it. */
  textBoxes(id: number): PageTextBoxes;
  /** Changes whenever the corrected page may have. */
  version(id: number): string;
}

const KEPT = 4;

export function createCorrectedPages(results: ResultTable, edits: EditTable): CorrectedPages {
  const made = new Map<number, { readonly version: string; readonly page: Digitization }>();
  const version = (id: number): string => `${results.baseRun(id)}.${edits.stack(id).revision}`;
  return {
    version,
    textBoxes(id) {
      const document = edits.document(id, TEXT_KEY);
      if (document) return decodeJson<PageTextBoxes>(document);
      const base = results.digitization(id);
      return { reviewed: false, boxes: base ? foundTextBoxes(base) : [] };
    },
    page(id) {
      const documents = edits.documents(id);
      if (documents.size === 0) return results.digitization(id);
      const now = version(id);
      const known = made.get(id);
      if (known?.version === now) return known.page;
      const base = results.digitization(id);
      if (!base) return null;
      const page = applyEdits(base, documents);
      made.delete(id);
      made.set(id, { version: now, page });
      for (const oldest of made.keys()) {
        if (made.size <= KEPT) break;
        made.delete(oldest);
      }
      return page;
    },
  };
}
