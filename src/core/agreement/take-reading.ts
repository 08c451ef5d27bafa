import { changeBetween, type ByteChange } from '../../shared/edit/byte-change.ts';
import { BASE_KEY, encodeJson, LAYOUT_KEY, maskPrefix, pathKey, pinsKey } from '../edit/edit-documents.ts';
import type { EditResult, PageEditor } from '../edit/page-editor.ts';
import type { Layout, LeadCell } from '../lead/layout.ts';

/** Documents of a page by key, without which reading of the page they correct. */
type Documents = ReadonlyMap<string, Uint8Array>;

/** Makes the page what another reading of it is, all leads and the layout. */
export function takePage(editor: PageEditor, other: PageEditor): EditResult {
  const keys = new Set([...editor.documents.keys(), ...other.documents.keys()]);
  keys.delete(BASE_KEY);
  return editor.apply(changesTo(editor.documents, other.documents, keys));
}

/** Makes one lead what it is in another reading: its place and name, path, pins and mask. */
export function takeLead(editor: PageEditor, other: PageEditor, cellId: string): EditResult {
  const theirs = other.layout().cells.find(({ id }) => id === cellId) ?? null;
  const layout = withTheirs(editor.layout(), other.layout(), cellId, theirs);
  const owned = [...editor.documents.keys(), ...other.documents.keys()].filter((key) =>
    key.startsWith(maskPrefix(cellId)),
  );
  const keys = new Set([pathKey(cellId), pinsKey(cellId), ...owned]);
  const changes = changesTo(editor.documents, other.documents, keys);
  if (layout) {
    const next = new Map([[LAYOUT_KEY, encodeJson(layout)]]);
    changes.push(...changesTo(editor.documents, next, new Set([LAYOUT_KEY])));
  }
  const { cellIds } = editor.apply(changes);
  return { changes, cellIds: [...new Set([cellId, ...cellIds])] };
}

function changesTo(from: Documents, to: Documents, keys: ReadonlySet<string>): ByteChange[] {
  return [...keys].flatMap((key) => changeBetween(key, from.get(key) ?? null, to.get(key) ?? null) ?? []);
}

/** The layout with a lead as the others have it, null where it is that already. */
function withTheirs(mine: Layout, others: Layout, cellId: string, theirs: LeadCell | null): Layout | null {
  const own = mine.cells.find(({ id }) => id === cellId) ?? null;
  if (!theirs) return own ? { ...mine, cells: mine.cells.filter(({ id }) => id !== cellId) } : null;
  const gain = theirs.gainMmPerMillivolt ?? others.gainMmPerMillivolt;
  // A gain of the whole page is the other reading's, too: the lead brings it along where this page has another.
  const brought = gain === mine.gainMmPerMillivolt ? theirs : { ...theirs, gainMmPerMillivolt: gain };
  if (own && JSON.stringify(own) === JSON.stringify(brought)) return null;
  const cells = own
    ? mine.cells.map((cell) => (cell.id === cellId ? brought : cell))
    : [...mine.cells, brought];
  return { ...mine, cells };
}
