import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { z } from 'zod';
import { SAMPLE_PAGES } from '../../src/main/samples/sample-pages.ts';
import { drawSample } from '../../src/main/samples/write-samples.ts';
import { openWorkstation, type Workstation } from '../../src/main/workstation.ts';
import { routes, type RouteName } from '../../src/shared/api/routes.ts';
import { serverEvent, type ServerEvent } from '../../src/shared/api/server-event.ts';
import { decodeSignals } from '../../src/shared/api/signal-bytes.ts';
import { decodeTraces } from '../../src/shared/api/trace-bytes.ts';

let folder: string;
let workstation: Workstation;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tracewright-api-'));
  mkdirSync(join(folder, 'scans/deep'), { recursive: true });
  mkdirSync(join(folder, 'renderer'));
  const { data, width, height, channels } = drawSample(SAMPLE_PAGES[0]!).raster;
  await sharp(data, { raw: { width, height, channels } }).png().toFile(join(folder, 'scans/ecg.png'));
  cpSync(join(folder, 'scans/ecg.png'), join(folder, 'scans/deep/copy.png'));
  const blank = sharp({ create: { width: 400, height: 300, channels: 3, background: '#fff' } });
  writeFileSync(join(folder, 'scans/blank.png'), await blank.png().toBuffer());
  writeFileSync(join(folder, 'scans/broken.png'), 'not a picture');
  workstation = await open();
  await post('addFolder', { path: join(folder, 'scans'), watch: false });
  await vi.waitFor(async () => {
    expect((await get('folders'))[0]).toMatchObject({ scanning: false, pages: 4 });
    expect(await get('jobs')).toMatchObject({ running: 0, waiting: 0 });
  }, 150_000);
});

afterAll(async () => {
  await workstation?.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(): Promise<Workstation> {
  return openWorkstation({
    project: join(folder, 'project'),
    rendererRoot: join(folder, 'renderer'),
    samples: null,
    host: 'loopback',
  });
}

type Output<K extends RouteName> = (typeof routes)[K]['output'] extends z.ZodType
  ? z.output<(typeof routes)[K]['output']>
  : never;

const request = (path: string, init?: RequestInit) =>
  workstation.app(new Request(`http://127.0.0.1${path}`, init));

/** Asks a route and holds its answer to the contract. */
async function ask<K extends RouteName>(name: K, path: string, init?: RequestInit): Promise<Output<K>> {
  const response = await request(path, init);
  const body: unknown = await response.json();
  expect({ status: response.status, body }).toMatchObject({ status: 200 });
  return (routes[name].output as z.ZodType).parse(body) as Output<K>;
}

const get = <K extends RouteName>(name: K, values: { id?: number; query?: string } = {}) =>
  ask(name, routes[name].path.replace(':id', String(values.id)) + (values.query ?? ''));

const post = <K extends RouteName>(name: K, body: unknown, id?: number) =>
  ask(name, routes[name].path.replace(':id', String(id)), {
    method: routes[name].method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

async function pageNamed(name: string) {
  const { ids } = await get('pageIds');
  const found = (await post('pageSummaries', { ids })).find((page) => page.name === name);
  return found!;
}

describe('the queue', () => {
  test('lists, searches, filters and sorts', async () => {
    const all = await get('pageIds');
    expect(all).toMatchObject({ total: 4 });
    expect(all.ids).toHaveLength(4);
    expect((await get('pageIds', { query: '?search=DEEP' })).ids).toHaveLength(1);
    expect((await get('pageIds', { query: '?status=failed&sort=name&descending=true' })).ids).toHaveLength(2);
    expect((await get('pageIds', { query: '?folderId=999' })).ids).toEqual([]);
  });

  test('says why a page failed, in words', async () => {
    expect(await pageNamed('broken.png')).toMatchObject({
      status: 'failed',
      message: expect.stringMatching(/\w+ \w+/),
    });
    expect(await pageNamed('blank.png')).toMatchObject({
      status: 'failed',
      message: expect.stringMatching(/\w+ \w+/),
    });
  });
});

describe('a digitized page', () => {
  test('has facts, cells, traces and signals', async () => {
    const { id, status } = await pageNamed('ecg.png');
    expect(status).toBe('ok');
    const page = await get('page', { id });
    expect(page.facts).toMatchObject({ speedMmPerSecond: expect.any(Number), layout: expect.any(String) });
    expect(page.cells.length).toBeGreaterThan(0);
    const traces = decodeTraces(
      new Uint8Array(await (await request(`/api/pages/${id}/traces`)).arrayBuffer()),
    );
    const signals = decodeSignals(
      new Uint8Array(await (await request(`/api/pages/${id}/signals`)).arrayBuffer()),
    );
    expect(new Set(traces.map(({ lead }) => lead))).toEqual(new Set(signals.map(({ lead }) => lead)));
    const inside = traces.every(({ xs }) =>
      xs.every((x) => Number.isNaN(x) || (x > -5 && x < page.width! + 5)),
    );
    expect(inside).toBe(true);
  });

  test('is shown at every reduction, and not sent twice', async () => {
    const { id, width } = await pageNamed('ecg.png');
    for (const reduce of [1, 2, 4, 8]) {
      const response = await request(`/api/pages/${id}/image?reduce=${reduce}`);
      const image = await sharp(await response.arrayBuffer()).metadata();
      expect(image.width).toBe(Math.ceil(width! / reduce));
      const again = await request(`/api/pages/${id}/image?reduce=${reduce}`, {
        headers: { 'if-none-match': response.headers.get('etag')! },
      });
      expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([304, 0]);
    }
    const thumbnail = await sharp(
      await (await request(`/api/pages/${id}/thumbnail`)).arrayBuffer(),
    ).metadata();
    expect(thumbnail.width).toBeLessThanOrEqual(512);
  });

  test('is digitized again with what a person states', async () => {
    const { id } = await pageNamed('copy.png');
    await post('override', { gainMmPerMillivolt: 5 }, id);
    await expect.poll(async () => (await get('page', { id })).facts?.gainMmPerMillivolt).toBe(5);
    expect(await get('page', { id })).toMatchObject({
      overrides: { gainMmPerMillivolt: 5 },
      facts: { gainSource: 'user' },
    });
    await post('look', {}, id);
  });
});

test('a picture that cannot be decoded is told in words', async () => {
  const { id } = await pageNamed('broken.png');
  const response = await request(`/api/pages/${id}/image`);
  expect(response.status).toBe(415);
  expect(await response.json()).toMatchObject({
    code: 'unsupported',
    message: expect.stringContaining('broken.png'),
  });
});

test('a page that is not there, in every form', async () => {
  for (const path of ['', '/image', '/thumbnail', '/traces', '/signals']) {
    const response = await request(`/api/pages/999${path}`);
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([404, 'not-found']);
  }
});

test('jobs pause, resume and cancel', async () => {
  expect(await post('pauseJobs', {})).toMatchObject({ paused: true });
  const { id } = await pageNamed('ecg.png');
  expect(await post('digitize', { ids: [id], again: true })).toEqual({ queued: 1 });
  expect(await get('jobs')).toMatchObject({ paused: true, waiting: 1 });
  expect(await post('cancelJobs', {})).toMatchObject({ waiting: 0 });
  expect(await post('resumeJobs', {})).toMatchObject({ paused: false });
  expect(await pageNamed('ecg.png')).toMatchObject({ status: 'ok' });
});

/** Reads the event stream until `enough` says so. */
async function readEvents(enough: (events: readonly ServerEvent[]) => boolean): Promise<ServerEvent[]> {
  const response = await request('/api/events');
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const events: ServerEvent[] = [];
  for (let text = ''; !enough(events);) {
    const { value } = await reader.read();
    const blocks = (text + value).split('\n\n');
    text = blocks.pop()!;
    for (const block of blocks.filter((line) => line.startsWith('data: '))) {
      events.push(serverEvent.parse(JSON.parse(block.slice(6))));
    }
  }
  await reader.cancel();
  return events;
}

test('the event stream begins with a snapshot', async () => {
  const events = await readEvents((seen) => seen.length >= 3);
  expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['jobs', 'list', 'folders']));
});

test('an export writes files, reports to the end, and is remembered for a window that connects later', async () => {
  const ids = [(await pageNamed('ecg.png')).id, (await pageNamed('broken.png')).id];
  const out = join(folder, 'out');
  const finished = (exportId: string) => (events: readonly ServerEvent[]) =>
    events.some((event) => event.type === 'export' && event.exportId === exportId && event.finished);
  const { exportId } = await post('exportPages', { ids, out, formats: ['csv', 'json'] });
  const events = await readEvents(finished(exportId));
  const last = events.findLast((event) => event.type === 'export' && event.exportId === exportId);
  expect(last).toMatchObject({ done: 2, total: 2, finished: true });
  expect(existsSync(join(out, 'ecg.csv'))).toBe(true);
  expect(await readEvents(finished(exportId))).toContainEqual(last);
  await post('cancelExport', { exportId });
  const unknown = await request('/api/exports/cancel', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"exportId":"none"}',
  });
  expect(unknown.status).toBe(404);
});

test('a project opens again as it was left; removing a folder empties it', async () => {
  await workstation.close();
  workstation = await open();
  expect(await get('project')).toMatchObject({ name: 'project', pages: 4, host: 'loopback' });
  expect(await pageNamed('ecg.png')).toMatchObject({ status: 'ok' });
  const [scans] = await get('folders');
  await post('removeFolder', {}, scans!.id);
  expect(await get('pageIds')).toEqual({ ids: [], total: 0 });
});
