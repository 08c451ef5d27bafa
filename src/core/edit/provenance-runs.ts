import type { Digitization } from '../digitization.ts';
import { pathKey, type EditDocuments } from './edit-documents.ts';
import { decodePath, fromTracePath } from './edited-path.ts';
import { PROVENANCE } from './provenance.ts';

/** Words for who drew a column of a trace; `model` is the machine, whether a model looked at the page or not. */
export const PROVENANCE_WORDS = ['model', 'bridged', 'human', 'human-bridged', 'blank'] as const;
export type ProvenanceWord = (typeof PROVENANCE_WORDS)[number];

/** Neighbouring columns of one lead that were drawn alike. */
export interface ProvenanceRun {
  readonly cellId: string;
  readonly lead: string;
  readonly role: 'lead' | 'rhythm';
  /** Columns of the flat page, the last one included; they are `pxPerMm` of it to the millimetre. */
  readonly firstColumn: number;
  readonly lastColumn: number;
  /** Page time of the first column, and of the end of the last. */
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly source: ProvenanceWord;
  /** Mean trust of the columns, 0..1. */
  readonly confidence: number;
}

/**
 * Who drew which columns of which lead, without a gap.
 *
 * @param page the page with corrections applied
 */
export function provenanceRuns(page: Digitization, documents: EditDocuments): ProvenanceRun[] {
  const cells = page.layout?.cells ?? [];
  return cells.flatMap((cell) => {
    const document = documents.get(pathKey(cell.id));
    const read = page.paths.find(({ cellId }) => cellId === cell.id);
    const path = document ? decodePath(document) : read ? fromTracePath(read) : null;
    if (!path) return [];
    const { x0, provenance, confidence } = path;
    const secondsAt = (x: number): number =>
      cell.startSeconds + ((x - cell.x0) / (cell.x1 - cell.x0)) * (cell.endSeconds - cell.startSeconds);
    const runs: ProvenanceRun[] = [];
    for (let from = 0; from < provenance.length;) {
      let to = from;
      let trust = 0;
      while (to < provenance.length && provenance[to] === provenance[from]) trust += confidence[to++]!;
      runs.push({
        cellId: cell.id,
        lead: cell.lead,
        role: cell.role,
        firstColumn: x0 + from,
        lastColumn: x0 + to - 1,
        startSeconds: secondsAt(x0 + from),
        endSeconds: secondsAt(x0 + to),
        source: wordOf(provenance[from]!),
        confidence: trust / (to - from),
      });
      from = to;
    }
    return runs;
  });
}

function wordOf(provenance: number): ProvenanceWord {
  switch (provenance) {
    case PROVENANCE.machineBridged:
      return 'bridged';
    case PROVENANCE.human:
      return 'human';
    case PROVENANCE.humanBridged:
      return 'human-bridged';
    case PROVENANCE.blank:
      return 'blank';
    default:
      return 'model';
  }
}
