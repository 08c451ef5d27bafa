import { compareReadings, type PageReading } from '../../core/agreement/compare-readings.ts';
import type { Digitization } from '../../core/digitization.ts';
import { carryEdits } from '../../core/edit/carry-edits.ts';
import { BASE_KEY, encodeJson } from '../../core/edit/edit-documents.ts';
import { AppError } from '../../shared/app-error.ts';
import { toBase64 } from '../../shared/edit/base64.ts';
import type { CorrectedPages } from '../store/corrected-pages.ts';
import type { Project } from '../store/open-project.ts';
import type { EditLease } from './edit-lease.ts';
import type { Handlers } from './handlers.ts';
import type { ReadingDesk } from './reading-desk.ts';

type ReadingRoutes = 'readers' | 'changeReaders' | 'giveBackReading' | 'finishedReadings' | 'pastDocuments';

export interface ReadingHandlers {
  readonly handlers: Pick<Handlers, ReadingRoutes>;
  /** Follows a decision of a reader: the readings are compared once both are finished. */
  decided(pageId: number): void;
}

/** Answers what is asked about readers and their finished readings, and about states of a page that are past. */
export function readingHandlers(
  project: Project,
  corrected: CorrectedPages,
  desk: ReadingDesk,
  lease: EditLease,
): ReadingHandlers {
  const { edits, readings, results, reviews } = project;

  /** Documents as they lie on the digitization that the page is at now. */
  function onPresent(id: number, documents: ReadonlyMap<string, Uint8Array>): [string, Uint8Array][] {
    const present = results.baseRun(id, desk.document(id, BASE_KEY));
    const run = results.baseRun(id, documents.get(BASE_KEY) ?? null);
    let carried = documents;
    if (run !== present) {
      const before = results.digitization(id, run);
      const after = results.digitization(id, present);
      if (!before || !after) throw new AppError('not-found', 'What this was made on is no longer known.');
      carried = carryEdits(before, documents, after).set(BASE_KEY, encodeJson({ run: present }));
    }
    return [...carried];
  }
  const toWire = ([key, bytes]: readonly [string, Uint8Array]) => ({ key, value: toBase64(bytes) });

  return {
    handlers: {
      readers: () => desk.state(),
      changeReaders({ window, ...change }) {
        lease.expect(window);
        return desk.change(change);
      },
      giveBackReading({ id, window }) {
        lease.expect(window);
        readings.giveBack(id, desk.reader());
        return { ok: true };
      },
      finishedReadings({ id }) {
        const stage = readings.stage(id);
        if (stage !== 'adjudicate' && stage !== 'decided') {
          throw new AppError('forbidden', 'Nobody sees the readings of this page before both are finished.');
        }
        return readings.of(id).map(({ id: reading, reader, review }) => ({
          reader,
          review,
          documents: onPresent(id, readings.edits.documents(reading)).map(toWire),
        }));
      },
      pastDocuments({ id, entryId = null }) {
        const seat = desk.seat(id);
        const reading = seat === '' ? null : readings.of(id).find(({ reader }) => reader === seat);
        if (reading === undefined) {
          if (entryId === null) return { documents: [...desk.documents(id)].map(toWire) };
          throw new AppError('not-found', `The page has no entry ${entryId} in its history.`);
        }
        const past = reading
          ? readings.edits.documentsAfter(reading.id, entryId)
          : edits.documentsAfter(id, entryId);
        return { documents: onPresent(id, past).map(toWire) };
      },
    },
    decided(pageId) {
      const stage = readings.stage(pageId);
      if (stage !== 'adjudicate' && stage !== 'decided') return;
      const [first, second] = readings.of(pageId).map(({ reader }) => corrected.page(pageId, reader));
      if (first?.layout && second?.layout) {
        readings.agree(pageId, compareReadings(readingOf(first), readingOf(second)).snrDb);
      }
      if (stage !== 'decided') return;
      // The page was decided on before it was read by two: that does not settle what they differ in.
      const reason = 'Two readings are to be compared';
      reviews.change(pageId, { state: 'second-look', reason }, desk.reader());
    },
  };
}

function readingOf({ layout, signals }: Digitization): PageReading {
  return {
    layout: () => layout!,
    signal: (cellId) => signals.find((signal) => signal.cellId === cellId) ?? null,
  };
}
