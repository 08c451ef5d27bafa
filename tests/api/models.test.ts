import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorkstation, type Workstation } from '../../src/main/workstation.ts';
import { modelsState, type ModelsState } from '../../src/shared/api/model-record.ts';
import { smallModel } from '../fixtures/small-model.ts';

let folder: string;
let workstation: Workstation;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tracewright-models-api-'));
  mkdirSync(join(folder, 'scans'));
  const blank = sharp({ create: { width: 400, height: 300, channels: 3, background: '#fff' } });
  writeFileSync(join(folder, 'scans/blank.png'), await blank.png().toBuffer());
  writeFileSync(join(folder, 'mine.onnx'), smallModel(2));
  writeFileSync(join(folder, 'broken.onnx'), 'nothing');
  workstation = await openWorkstation({
    project: join(folder, 'project'),
    rendererRoot: folder,
    samples: join(folder, 'scans'),
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
  const request = new Request(`http://127.0.0.1${path}`, { method, headers, ...sent });
  const response = await workstation.app(request);
  return { status: response.status, body: await response.json() };
}
const state = async (): Promise<ModelsState> => modelsState.parse((await ask('GET', '/api/models')).body);

test('a model is found by browsing, imported, chosen and used by the next page', async () => {
  const listing = (await ask('GET', `/api/browse?path=${encodeURIComponent(folder)}`)).body as {
    models: { name: string; path: string }[];
  };
  expect(listing.models.map(({ name }) => name)).toEqual(['broken.onnx', 'mine.onnx']);
  const { path } = listing.models[1]!;
  const imported = await ask('POST', '/api/models', { path });
  expect(imported).toMatchObject({ status: 200, body: { known: false } });
  const { key } = imported.body as { key: number };
  expect(await ask('PATCH', '/api/models/choice', { model: key, mirror: true })).toMatchObject({
    status: 200,
    body: { choice: key, mirror: true, running: 'cpu' },
  });
  const modelOf = async (id: number) =>
    ((await ask('GET', `/api/pages/${id}`)).body as { model: string | null }).model;
  const listed = async () => ((await ask('GET', '/api/page-ids')).body as { ids: number[] }).ids;
  await expect.poll(listed).toHaveLength(1);
  const ids = await listed();
  await ask('POST', '/api/jobs/resume', {});
  await ask('POST', '/api/digitize', { ids, again: true });
  await expect.poll(() => modelOf(ids[0]!)).toMatch(/^mine\.onnx [0-9a-f]{12}, mirrored$/);

  expect(await ask('DELETE', `/api/models/${key}`)).toMatchObject({ status: 200 });
  expect(readdirSync(join(folder, 'project/models'))).toEqual([]);
  expect((await state()).choice).toBe('bundled');
  expect((await ask('PATCH', '/api/models/choice', { model: 'none', mirror: false })).status).toBe(200);
  await ask('POST', '/api/digitize', { ids, again: true });
  await expect.poll(() => modelOf(ids[0]!)).toBeNull();
});

test('execution providers are tried in the background', async () => {
  await ask('PATCH', '/api/models/choice', { model: 'bundled' });
  await ask('POST', '/api/models/providers', {});
  await expect.poll(async () => (await state()).checking).toBe(false);
  const { providers } = await state();
  expect(providers[0]).toMatchObject({
    name: 'cpu',
    state: 'usable',
    milliseconds: expect.any(Number) as number,
  });
  for (const { state: usable, reason } of providers) {
    expect(usable === 'usable' ? reason === null : /\w+ \w+/.test(reason ?? '')).toBe(true);
  }
});

test.each([
  ['POST', '/api/models', {}, 400, /path/],
  ['POST', '/api/models', { path: 'mine.onnx' }, 400, /not an absolute path/],
  ['POST', '/api/models', { path: '/no/such.onnx' }, 404, /does not exist/],
  ['DELETE', '/api/models/77', undefined, 404, /no model 77/],
  ['DELETE', '/api/models/bundled', undefined, 400, /not an id/],
  ['PATCH', '/api/models/choice', { model: 77 }, 404, /no model 77/],
  ['PATCH', '/api/models/choice', { model: '../x' }, 400, /model/],
  ['PATCH', '/api/models/choice', { mirror: 'yes' }, 400, /mirror/],
  ['PATCH', '/api/models/choice', { provider: 'warp' }, 400, /"warp" was not tried/],
])('%s %s with %j answers %i', async (method, path, body, status, words) => {
  const answer = await ask(method, path, body);
  expect(answer).toMatchObject({ status, body: { message: expect.stringMatching(words) as string } });
});

test('a file that is no model is refused in words, and nothing is kept', async () => {
  const answer = await ask('POST', '/api/models', { path: join(folder, 'broken.onnx') });
  expect(answer).toMatchObject({
    status: 422,
    body: { message: expect.stringMatching(/"broken\.onnx" cannot be used\. /) as string },
  });
  expect((await state()).models.map(({ key }) => key)).toEqual(['bundled']);
});
