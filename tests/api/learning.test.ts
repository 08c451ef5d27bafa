import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorkstation, type Workstation } from '../../src/main/workstation.ts';
import { learningState, type LearningState } from '../../src/shared/api/learning-record.ts';
import { acceptedProject, drawnScan } from '../fixtures/accepted-project.ts';
import { TINY_FINETUNE } from '../fixtures/tiny-finetune.ts';

let folder: string;
let workstation: Workstation;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tracewright-learning-api-'));
  const scans = { 'a.png': await drawnScan(1), 'b.png': await drawnScan(2), 'c.png': await drawnScan(3) };
  acceptedProject(folder, scans).close();
  workstation = await openWorkstation({
    project: join(folder, 'project'),
    rendererRoot: folder,
    samples: null,
    host: 'loopback',
  });
});
afterAll(async () => {
  await workstation?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function ask(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const headers = { 'content-type': 'application/json' };
  const response = await workstation.app(
    new Request(`http://127.0.0.1/api/learning${path}`, { method, headers, ...sent }),
  );
  return { status: response.status, body: await response.json() };
}
const state = async (): Promise<LearningState> => learningState.parse((await ask('GET', '')).body);
const refusal = async (path: string, body: unknown) => {
  const { status, body: answer } = await ask('POST', path, body);
  return [
    status,
    (answer as { message?: string; error?: { message: string } }).message ?? JSON.stringify(answer),
  ];
};
const settled = () => expect.poll(async () => (await state()).activity).toBeNull();

test('a model learns from accepted pages, is proven, promoted and taken back', async () => {
  expect(await state()).toMatchObject({
    accepted: 3,
    sets: [],
    runs: [],
    inUse: 'segmentation.onnx',
    activity: null,
  });
  await ask('POST', '/sets', {});
  expect((await refusal('/sets', {}))[1]).toMatch(/A training set is being made/);
  await settled();
  const { sets, problem } = await state();
  expect(problem).toBeNull();
  expect(sets).toMatchObject([{ figures: { pages: { train: 1, validation: 1, locked: 1 } } }]);

  const set = sets[0]!.hash;
  expect((await refusal('/runs', { set, settings: { steps: 0 } }))[1]).toMatch(/steps/);
  expect((await refusal('/runs', { set: '0'.repeat(64) }))[0]).toBe(404);
  const begun = learningState.parse((await ask('POST', '/runs', { set, settings: TINY_FINETUNE })).body);
  expect(begun.runs).toMatchObject([{ state: 'running', parentName: 'segmentation.onnx', steps: 6 }]);
  const { id } = begun.runs[0]!;
  expect((await refusal('/runs', { set }))[1]).toMatch(/Another fine-tuning is running/);
  await ask('POST', `/runs/${id}/pause`, {});
  expect((await state()).runs).toMatchObject([{ id, state: 'paused' }]);
  await ask('POST', `/runs/${id}/resume`, {});
  await expect.poll(async () => (await state()).runs[0]!.state, { timeout: 120_000 }).toBe('done');
  const curve = (await ask('GET', `/runs/${id}/curve`)).body as { kind: string; step: number }[];
  expect(curve.filter(({ kind }) => kind === 'validation').map(({ step }) => step)).toEqual([0, 3, 6]);

  const made = (await state()).models.find(({ origin }) => origin !== null)!;
  expect(made).toMatchObject({
    name: `tiny-${id}.onnx`,
    inUse: false,
    proof: null,
    origin: { set, share: 0.25 },
  });
  const candidate = made.sha256;
  expect((await refusal('/promotions', { candidate }))[1]).toMatch(/was not proven/);
  await ask('POST', '/proofs', { candidate });
  await settled();
  const proven = (await state()).models.find(({ sha256 }) => sha256 === candidate)!.proof!.report;
  expect(proven).toMatchObject({ allowed: false, set, folders: [{ kind: 'locked', pages: 1 }] });
  expect((await refusal('/promotions', { candidate }))[1]).toMatch(/does not allow it/);
  await ask('POST', '/promotions', { candidate, reason: 'a trial' });
  expect(await state()).toMatchObject({ inUse: `tiny-${id}.onnx`, rollBackTo: 'segmentation.onnx' });
  await ask('POST', '/roll-back', {});
  expect(await state()).toMatchObject({ inUse: 'segmentation.onnx', rollBackTo: null });
  expect((await state()).promotions.map(({ kind }) => kind)).toEqual(['roll-back', 'promotion']);
});

test('a run that was begun is cancelled for good', async () => {
  const set = (await state()).sets[0]!.hash;
  const settings = { ...TINY_FINETUNE, seed: 5, steps: 5000 };
  const { runs } = learningState.parse((await ask('POST', '/runs', { set, settings })).body);
  const { id } = runs[0]!;
  await ask('POST', `/runs/${id}/cancel`, {});
  expect((await state()).runs[0]).toMatchObject({ id, state: 'cancelled' });
  expect((await refusal(`/runs/${id}/resume`, {}))[1]).toMatch(/paused or failed/);
});
