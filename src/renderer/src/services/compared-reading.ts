import { markRaw } from 'vue';
import { createPageEditor, type PageEditor } from '../../../core/edit/page-editor.ts';
import { fromBase64 } from '../../../shared/edit/base64.ts';
import type { TraceView } from '../../../shared/api/trace-bytes.ts';
import type { VersionKey } from './page-versions.ts';
import { editedTraceView } from './edit-view.ts';

/** A reading of the open page beside another: of a second reader, or of another time. */
export interface ComparedReading {
  readonly title: string;
  /** What is said of it. */
  readonly words: string;
  /** Entry of the history after which the page was so, null for the machine's reading; absent for what cannot be brought back. */
  readonly entryId?: number | null;
  /** Which version of the page it is; absent for the reading of a reader. */
  readonly key?: VersionKey;
  readonly editor: PageEditor;
  readonly traces: readonly TraceView[];
}

/** Documents as the API sends them. */
type WireDocuments = readonly { readonly key: string; readonly value: string }[];

/** Opens a reading of the page beside the one that is open for correction; 15 ms for twelve leads. */
export function comparedReading(
  page: Pick<PageEditor, 'base' | 'evidence'>,
  documents: WireDocuments,
  about: Pick<ComparedReading, 'title' | 'words' | 'entryId' | 'key'>,
): ComparedReading {
  const known = new Map(documents.map(({ key, value }) => [key, fromBase64(value)]));
  const editor = markRaw(createPageEditor(page.base, known, page.evidence));
  const traces = editor.layout().cells.flatMap(({ id }): TraceView[] => {
    const path = editor.path(id);
    return path ? [editedTraceView(editor, path)] : [];
  });
  return { ...about, editor, traces };
}
