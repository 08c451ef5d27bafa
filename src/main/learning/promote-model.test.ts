import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { acceptedProject, drawnScan, type DrawnScan } from '../../../tests/fixtures/accepted-project.ts';
import { smallModel } from '../../../tests/fixtures/small-model.ts';
import { storeReading } from '../../../tests/fixtures/store-reading.ts';
import { tempDir } from '../../../tests/fixtures/temp-dir.ts';
import { decodePath, encodePath, fromTracePath } from '../../core/edit/edited-path.ts';
import { maskKey, pathKey } from '../../core/edit/edit-documents.ts';
import { TILE_BYTES } from '../../core/edit/mask-tiles.ts';
import { isHuman, PROVENANCE } from '../../core/edit/provenance.ts';
import type { Digitization } from '../../core/digitization.ts';
import type { ProofReport } from '../../shared/api/learning-record.ts';
import { changeBetween } from '../../shared/edit/byte-change.ts';
import { openModels, type Models } from '../models/open-models.ts';
import { openProject, type Project } from '../store/open-project.ts';
import { promoteModel, rollBack } from './promote-model.ts';
import { queueUntouched } from './queue-untouched.ts';

let scan: DrawnScan;
beforeAll(async () => {
  scan = await drawnScan(1);
});

/** A project of pages that nobody touched, with two models beside the one that comes with the program. */
async function opened(
  pages: number,
): Promise<{ project: Project; models: Models; digests: string[]; bundled: string }> {
  const dir = tempDir();
  const scans = Object.fromEntries(Array.from({ length: pages }, (_, k) => [`${k}.png`, scan]));
  acceptedProject(dir, scans).close();
  const project = openProject(join(dir, 'project'));
  for (const id of project.pages.ids()) project.reviews.change(id, { state: 'open' }, 'Ada');
  mkdirSync(join(project.dir, 'models'));
  const digests = [1, 2].map((seed) => {
    const bytes = smallModel(seed);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    writeFileSync(join(project.dir, 'models', `${seed}.onnx`), bytes);
    const name = `model-${seed}.onnx`;
    project.models.add({
      name,
      file: `${seed}.onnx`,
      sha256,
      bytes: bytes.length,
      card: null,
      source: `/${name}`,
    });
    return sha256;
  });
  const models = await openModels(project, { isUsing: () => false, onChange: () => {} });
  onTestFinished(async () => {
    await models.close();
    project.close();
  });
  return { project, models, digests, bundled: models.pageModel()!.sha256 };
}

const proof = (candidate: string, current: string, allowed: boolean): ProofReport => ({
  candidate,
  current,
  set: null,
  folders: [],
  pages: [],
  leftOut: [],
  better: allowed,
  harmed: [],
  allowed,
  words: ['Locked pages: −0.30 dB.'],
});

describe('promotion', () => {
  test('needs a proof against the model in use, or a reason, and can be taken back', async () => {
    const { project, models, digests, bundled } = await opened(1);
    const [first, second] = digests as [string, string];
    const promote = (candidate: string, reason?: string) =>
      promoteModel(project, models, { candidate, reason, who: 'Ada' });
    expect(() => promote(first)).toThrow(/was not proven against the model in use/);
    project.proofs.addProof(proof(first, bundled, false));
    expect(() => promote(first)).toThrow(/does not allow it. Locked pages: −0.30 dB/);
    project.proofs.addProof(proof(first, second, true));
    expect(() => promote(first)).toThrow(/does not allow it/);
    project.proofs.addProof(proof(first, bundled, true));
    promote(first);
    expect(models.pageModel()!.sha256).toBe(first);
    expect(() => promote(first)).toThrow(/in use already/);
    expect(() => promote('f'.repeat(64))).toThrow(/has no model ffffffffffff/);
    promote(second, '  Faxes matter more here.  ');
    expect(models.pageModel()!.sha256).toBe(second);
    expect(project.proofs.promotions()).toMatchObject([
      {
        kind: 'promotion',
        before: first,
        after: second,
        proofId: null,
        reason: 'Faxes matter more here.',
        who: 'Ada',
      },
      { kind: 'promotion', before: bundled, after: first, proofId: 3, reason: null },
    ]);
    expect(rollBack(project, models, 'Ada')).toBe(first);
    expect(rollBack(project, models, 'Ada')).toBe(bundled);
    expect(models.pageModel()!.sha256).toBe(bundled);
    expect(() => rollBack(project, models, 'Ada')).toThrow(/No model was promoted/);
  });

  test('is not taken back when somebody chose another model since', async () => {
    const { project, models, digests } = await opened(1);
    promoteModel(project, models, { candidate: digests[0]!, reason: 'a trial', who: 'Ada' });
    models.choose({ model: 'none' });
    expect(() => rollBack(project, models, 'Ada')).toThrow(/Another model was chosen since/);
  });
});

/** What a person may do to a page. */
type Act =
  | {
      readonly kind: 'draw';
      readonly cell: number;
      readonly from: number;
      readonly length: number;
      readonly by: number;
    }
  | { readonly kind: 'paint'; readonly cell: number; readonly byte: number; readonly value: number }
  | { readonly kind: 'undo' | 'redo' | 'accept' | 'note' };

const anyAct: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constant('draw' as const),
    cell: fc.nat(2),
    from: fc.nat(600),
    length: fc.integer({ min: 1, max: 200 }),
    by: fc.integer({ min: -40, max: 40 }),
  }),
  fc.record({
    kind: fc.constant('paint' as const),
    cell: fc.nat(2),
    byte: fc.nat(TILE_BYTES - 1),
    value: fc.integer({ min: 1, max: 255 }),
  }),
  fc.record({ kind: fc.constantFrom('undo' as const, 'redo' as const, 'accept' as const, 'note' as const) }),
);

function perform(project: Project, id: number, act: Act): void {
  const { revision } = project.edits.stack(id);
  const commit = (key: string, after: Uint8Array): void => {
    const change = changeBetween(key, project.edits.document(id, key), after);
    if (!change) return;
    const edit = {
      revision,
      tool: 'brush',
      label: 'Painted',
      who: 'Ada',
      milliseconds: 1,
      changes: [change],
    };
    project.edits.commit(id, edit);
  };
  const cellOf = (index: number): string => scan.reading.paths[index]!.cellId;
  if (act.kind === 'undo' || act.kind === 'redo') project.edits[act.kind](id, revision, 'Ada');
  else if (act.kind === 'accept') project.reviews.change(id, { state: 'accepted' }, 'Ada');
  else if (act.kind === 'note') project.reviews.change(id, { note: 'looked at' }, 'Ada');
  else if ('byte' in act) {
    const key = maskKey(cellOf(act.cell), 0, 0);
    const tile = project.edits.document(id, key)?.slice() ?? new Uint8Array(TILE_BYTES);
    tile[act.byte] = act.value;
    commit(key, tile);
  } else if ('by' in act) {
    const key = pathKey(cellOf(act.cell));
    const known = project.edits.document(id, key);
    const path = known ? decodePath(known) : fromTracePath(scan.reading.paths[act.cell]!);
    const [fineY, provenance] = [path.fineY.slice(), path.provenance.slice()];
    for (let column = act.from; column < Math.min(provenance.length, act.from + act.length); column++) {
      provenance[column] = PROVENANCE.human;
      for (
        let k = column * path.samplesPerPx;
        k < Math.min(fineY.length, (column + 1) * path.samplesPerPx);
        k++
      ) {
        fineY[k] = scan.reading.paths[act.cell]!.fineY[k]! + act.by;
      }
    }
    commit(key, encodePath({ ...path, fineY, provenance }));
  }
}

/** What another model reads: every trace elsewhere. */
const otherReading = (): Digitization => ({
  ...scan.reading,
  paths: scan.reading.paths.map((path) => ({
    ...path,
    y: path.y.map((row) => row + 3),
    fineY: path.fineY.map((row) => row + 3),
  })),
});

/** Rows of all columns that a person drew, and all painted bits. */
function humanPixels(project: Project, id: number): Record<string, unknown> {
  const held: Record<string, unknown> = {};
  for (const [key, bytes] of project.edits.documents(id)) {
    if (key.startsWith('mask/'))
      held[key] = [...bytes].flatMap((value, at) => (value === 0 ? [] : [[at, value]]));
    if (!key.startsWith('path/')) continue;
    const { provenance, fineY, samplesPerPx } = decodePath(bytes);
    held[key] = [...provenance].flatMap((value, column) =>
      isHuman(value) ? [[column, fineY[column * samplesPerPx]]] : [],
    );
  }
  return held;
}

test('a promoted model never changes what a person drew, and only reads again what nobody touched', async () => {
  let reread = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(1), anyAct), { maxLength: 8 }),
      fc.nat(8),
      async (acts, cut) => {
        const { project, models, digests } = await opened(2);
        const ids = project.pages.ids();
        for (const [page, act] of acts.slice(0, cut)) perform(project, ids[page]!, act);
        const touched = project.pages
          .summaries(ids)
          .filter(({ review }) => review.edits > 0 || review.state !== 'open' || review.note !== '')
          .map(({ id }) => id);
        promoteModel(project, models, { candidate: digests[0]!, reason: 'a trial', who: 'Ada' });
        queueUntouched(project, models.pageModel());
        const queued = project.pages.summaries(ids).filter(({ status }) => status === 'queued');
        expect(queued.map(({ id }) => id)).toEqual(ids.filter((id) => !touched.includes(id)));
        reread += queued.length;
        // Somebody corrects pages while they wait, and the new readings come in.
        for (const [page, act] of acts.slice(cut)) perform(project, ids[page]!, act);
        const held = new Map(ids.map((id) => [id, humanPixels(project, id)]));
        for (const { id } of queued) storeReading(project, id, otherReading());
        for (const id of ids) expect(humanPixels(project, id)).toEqual(held.get(id));
      },
    ),
    { numRuns: 25 },
  );
  expect(reread).toBeGreaterThan(5);
});
