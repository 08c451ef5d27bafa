import type { MachineReading } from '../../shared/api/edit-record.ts';
import type { Digitization } from '../../core/digitization.ts';
import { applyEdits } from '../../core/edit/apply-edits.ts';
import { carryEdits } from '../../core/edit/carry-edits.ts';
import { BASE_KEY, decodeJson, encodeJson } from '../../core/edit/edit-documents.ts';
import { attentionInProject } from '../../core/trust/attention-in-project.ts';
import type { Attention } from '../../core/trust/attention.ts';
import type { EditTable } from './edit-table.ts';
import type { ReadingTable } from './reading-table.ts';
import type { DigitizationSummary } from './summarize-digitization.ts';
import type { StoreContext } from './store-context.ts';
import { unpackDigitization } from '../../core/page-view/pack-digitization.ts';

/** A picture for the queue. */
export interface Thumbnail {
  readonly contentType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What digitizing a page brought, ready to be stored. */
export interface PageResult {
  readonly summary: DigitizationSummary;
  readonly attention: Attention;
  /** See `packDigitization`. */
  readonly packed: Uint8Array<ArrayBuffer>;
  /** Versions of what made it. */
  readonly versions: Readonly<Record<string, string>>;
  /** Milliseconds by stage, `decode` among them. */
  readonly milliseconds: Readonly<Record<string, number>>;
  readonly thumbnail: Thumbnail | null;
}

/** Results of digitizing and thumbnails. */
export interface ResultTable {
  /**
   * Stores a result with its summary in one transaction, and ends the page's `running`. The corrections of a page that people
   * have worked on are carried over to it, see `carryEdits`; where nothing was read this time, the page stays as it was.
   *
   * @param revision - of the page when the work began: a result that was overtaken is dropped
   * @returns whether it was stored; false also when the page is gone
   */
  save(id: number, revision: number, result: PageResult): boolean;
  /** Pages whose row of the queue does not show their last corrections: the program ended before it was refreshed. */
  stale(): number[];
  /** What the queue shows of a page, after corrections. */
  refresh(id: number, summary: DigitizationSummary, attention: Attention): void;
  /** The reading that the page's corrections are made on; null while it was never digitized. About 2 ms. */
  digitization(id: number, run?: number): Digitization | null;
  /** Which of the page's readings that is; for corrections other than the page's by their document of that name. */
  baseRun(id: number, document?: Uint8Array | null): number;
  /** The readings of the machine that are kept: the last, and those that people have worked on; newest first. */
  machineReadings(id: number): MachineReading[];
  /** How often a result was committed for the page. */
  runs(id: number): number;
  versions(id: number): Readonly<Record<string, string>> | null;
  milliseconds(id: number): Readonly<Record<string, number>> | null;
  thumbnail(id: number): Thumbnail | null;
  putThumbnail(id: number, thumbnail: Thumbnail): void;
}

export function createResultTable(
  { db, mutate }: StoreContext,
  edits: EditTable,
  readings: ReadingTable,
  now: () => number,
): ResultTable {
  const finish = db.prepare(
    `UPDATE pages SET status = ?, confidence = ?, layout = ?, leads_found = ?, findings = ?, message = ?, width = ?,
       height = ?, digitized_at = ?, grid = ?, attention = ?, attention_words = ?, priority = 0, interruptions = 0
     WHERE id = ? AND revision = ? AND status = 'running'`,
  );
  const renew = db.prepare(
    `UPDATE pages SET status = CASE WHEN status IN ('ok', 'partial', 'failed') THEN ? ELSE status END, layout = ?, grid = ?,
       leads_found = ?, findings = ?, message = ?, attention = ?, attention_words = ?, summarized = edits WHERE id = ?`,
  );
  const company = db.prepare<[string | null, string | null, number], { others: number; alike: number }>(
    `SELECT count(*) AS others, coalesce(sum(layout IS ? AND grid IS ?), 0) AS alike FROM pages
     WHERE layout IS NOT NULL AND id <> ?`,
  );
  const outdated = db.prepare<[], number>('SELECT id FROM pages WHERE summarized <> edits').pluck();
  const put = db.prepare(
    `INSERT INTO digitizations (page_id, status, runs, versions, milliseconds, packed, overrides)
     VALUES (?, ?, 1 + (SELECT coalesce(max(run), 0) FROM bases WHERE page_id = ?), ?, ?, ?,
       (SELECT overrides FROM pages WHERE id = ?))
     ON CONFLICT (page_id) DO UPDATE SET status = excluded.status, runs = runs + 1, versions = excluded.versions,
       milliseconds = excluded.milliseconds, packed = excluded.packed, overrides = excluded.overrides`,
  );
  const picture = db.prepare(
    `INSERT INTO thumbnails (page_id, content_type, bytes) VALUES (?, ?, ?)
     ON CONFLICT (page_id) DO UPDATE SET content_type = excluded.content_type, bytes = excluded.bytes`,
  );
  const packed = db.prepare<[number], { packed: Uint8Array }>(
    'SELECT packed FROM digitizations WHERE page_id = ?',
  );
  const formerly = db.prepare<[number, number], { packed: Uint8Array }>(
    'SELECT packed FROM bases WHERE page_id = ? AND run = ?',
  );
  const first = db.prepare<[number], { run: number | null }>(
    'SELECT min(run) AS run FROM bases WHERE page_id = ?',
  );
  const keep = db.prepare(
    `INSERT OR IGNORE INTO bases (page_id, run, packed, overrides, versions)
     SELECT page_id, runs, packed, overrides, versions FROM digitizations WHERE page_id = ?`,
  );
  const machine = db.prepare<{ id: number }, MachineReading>(
    `SELECT runs AS run, json_extract(versions, '$.model') AS model FROM digitizations WHERE page_id = @id
     UNION ALL
     SELECT run, json_extract(versions, '$.model') AS model FROM bases
     WHERE page_id = @id AND run NOT IN (SELECT runs FROM digitizations WHERE page_id = @id)
     ORDER BY run DESC`,
  );
  const work = db.prepare<[number], { edits: number; overrides: string }>(
    'SELECT edits, overrides FROM pages WHERE id = ?',
  );
  const stay = db.prepare(
    `UPDATE pages SET status = ?, message = ?, priority = 0, interruptions = 0
     WHERE id = ? AND revision = ? AND status = 'running'`,
  );
  const about = db.prepare<[number], { runs: number; versions: string; milliseconds: string }>(
    'SELECT runs, versions, milliseconds FROM digitizations WHERE page_id = ?',
  );
  const getPicture = db.prepare<[number], { contentType: string; bytes: Uint8Array<ArrayBuffer> }>(
    'SELECT content_type AS contentType, bytes FROM thumbnails WHERE page_id = ?',
  );
  const parse = <T>(id: number, key: 'versions' | 'milliseconds'): T | null => {
    const row = about.get(id);
    return row ? (JSON.parse(row[key]) as T) : null;
  };

  const runs = (id: number): number => about.get(id)?.runs ?? 0;
  const baseRun = (id: number, document = edits.document(id, BASE_KEY)): number => {
    if (document) return decodeJson<{ run: number }>(document).run;
    return first.get(id)?.run ?? runs(id);
  };
  const base = (id: number, run = baseRun(id)): Digitization | null => {
    const row = run === runs(id) ? packed.get(id) : formerly.get(id, run);
    return row ? unpackDigitization(row.packed) : null;
  };
  const inProject = (id: number, own: Attention, { layout, grid }: DigitizationSummary): Attention => {
    const kind = `${layout ?? 'no layout'}, ${grid ?? 'no'} grid`;
    return attentionInProject(own, { pageId: id, kind, ...company.get(layout, grid, id)! });
  };
  /** The reading that people have corrected or stated something about: it is kept, and one that follows can be taken back. */
  const worked = (id: number): Digitization | null => {
    const row = work.get(id);
    const isWorked = row && (row.edits > 0 || row.overrides !== '{}' || readings.ever(id).length > 0);
    const page = isWorked ? base(id) : null;
    return page?.layout ? page : null;
  };

  return {
    save: (id, revision, { summary: s, attention, packed: bytes, versions, milliseconds, thumbnail }) =>
      mutate('save digitization', (announce) => {
        const before = worked(id);
        if (before && s.status === 'failed') {
          const { status } = applyEdits(before, edits.documents(id));
          const message = `Digitizing again brought nothing, the page was left as it is. ${s.message ?? ''}`;
          if (stay.run(status, message.trim(), id, revision).changes === 0) return false;
          announce({ type: 'pages', ids: [id] });
          return true;
        }
        const { score, words } = inProject(id, attention, s);
        const { changes } = finish.run(
          s.status,
          s.confidence,
          s.layout,
          s.leadsFound,
          s.findings,
          s.message,
          s.width,
          s.height,
          now(),
          s.grid,
          score,
          words,
          id,
          revision,
        );
        if (changes === 0) return false;
        if (before) keep.run(id);
        put.run(id, s.status, id, JSON.stringify(versions), JSON.stringify(milliseconds), bytes, id);
        if (before) {
          const after = unpackDigitization(bytes);
          const run = encodeJson({ run: runs(id) });
          const rebase = (table: EditTable, stack: number, on: Digitization): void => {
            const carried = carryEdits(on, table.documents(stack), after).set(BASE_KEY, run);
            table.rebase(stack, carried, 'Digitized again, corrections carried over');
          };
          const readers = readings.ever(id).map((reading) => {
            return { ...reading, on: base(id, baseRun(id, readings.edits.document(reading.id, BASE_KEY))) };
          });
          rebase(edits, id, before);
          announce({ type: 'edits', id, reader: '', revision: edits.stack(id).revision });
          for (const { id: stack, reader, on } of readers) {
            rebase(readings.edits, stack, on ?? before);
            announce({ type: 'edits', id, reader, revision: readings.edits.stack(stack).revision });
          }
        }
        if (thumbnail) picture.run(id, thumbnail.contentType, thumbnail.bytes);
        announce({ type: 'pages', ids: [id] });
        return true;
      }),
    stale: () => outdated.all(),
    refresh: (id, s, attention) =>
      mutate('refresh summary', (announce) => {
        const { score, words } = inProject(id, attention, s);
        renew.run(s.status, s.layout, s.grid, s.leadsFound, s.findings, s.message, score, words, id);
        announce({ type: 'pages', ids: [id] });
      }),
    digitization: base,
    baseRun,
    machineReadings: (id) => machine.all({ id }),
    runs,
    versions: (id) => parse(id, 'versions'),
    milliseconds: (id) => parse(id, 'milliseconds'),
    thumbnail: (id) => getPicture.get(id) ?? null,
    putThumbnail: (id, { contentType, bytes }) =>
      mutate('put thumbnail', (announce) => {
        picture.run(id, contentType, bytes);
        announce({ type: 'pages', ids: [id] });
      }),
  };
}
