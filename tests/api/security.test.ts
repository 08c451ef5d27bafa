import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BODY_LIMIT_BYTES, createApp } from '../../src/main/api/create-app.ts';
import { createEventHub } from '../../src/main/api/event-hub.ts';
import type { Handlers } from '../../src/main/api/handlers.ts';
import { CONTENT_SECURITY_POLICY } from '../../src/main/api/security-headers.ts';
import { listenLoopback, type LoopbackServer } from '../../src/main/loopback/listen-loopback.ts';
import { httpRequest, type HttpOptions } from './http-request.ts';

let folder: string;
let server: LoopbackServer;
let cookie: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tracewright-security-'));
  mkdirSync(join(folder, 'renderer'));
  writeFileSync(join(folder, 'renderer/index.html'), '<!doctype html><title>Tracewright</title>');
  writeFileSync(join(folder, 'renderer/app.js'), 'export {};');
  writeFileSync(join(folder, 'secret.js'), 'secret');
  symlinkSync(join(folder, 'secret.js'), join(folder, 'renderer/link.js'));
  // None of these requests may get as far as a handler, so there is none to reach.
  const events = createEventHub(() => []);
  server = await listenLoopback(
    createApp({ handlers: {} as Handlers, events, rendererRoot: join(folder, 'renderer') }),
  );
  cookie = await enter(server);
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const ours = () => ({ host: `127.0.0.1:${server.port}`, 'sec-fetch-site': 'same-origin', cookie });

function send(path: string, options: HttpOptions = {}) {
  return httpRequest(server.port, path, { ...options, headers: { ...ours(), ...options.headers } });
}

async function enter(at: LoopbackServer): Promise<string> {
  const url = new URL(at.entryUrl);
  const answer = await httpRequest(at.port, `/${url.search}`, {
    headers: { host: url.host, 'sec-fetch-site': 'none' },
  });
  expect(answer.status).toBe(303);
  expect(answer.headers['location']).toBe('/');
  const [header] = answer.headers['set-cookie'] as string[];
  expect(header).toMatch(/^tracewright-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/);
  return header!.split(';')[0]!;
}

describe('who may ask', () => {
  test('our own window is served', async () => {
    expect((await send('/')).text()).toContain('<title>Tracewright</title>');
    expect((await send('/', { headers: { 'sec-fetch-site': 'none' } })).status).toBe(200);
  });

  test.each([
    'evil.example',
    'localhost:PORT',
    '127.0.0.1',
    '127.0.0.1:1',
    '[::1]:PORT',
    '127.0.0.1:PORT.evil.example',
  ])('a foreign Host %s is misdirected (DNS rebinding)', async (host) => {
    const answer = await send('/', { headers: { host: host.replace('PORT', String(server.port)) } });
    expect([400, 421]).toContain(answer.status);
    expect(answer.text()).not.toContain('<title>');
  });

  test('the usual rebinding request is told 421', async () => {
    expect((await send('/api/jobs', { headers: { host: `evil.example:${server.port}` } })).status).toBe(421);
  });

  test.each(['https://evil.example', 'null', 'http://127.0.0.1:1', 'http://localhost'])(
    'a foreign Origin %s is refused',
    async (origin) => expect((await send('/api/jobs', { headers: { origin } })).status).toBe(403),
  );

  test('a write without Origin is refused', async () => {
    const answer = await send('/api/jobs/pause', { method: 'POST' });
    expect(answer.status).toBe(403);
  });

  test.each(['cross-site', 'same-site', 'none', ''])(
    'an API call with Sec-Fetch-Site "%s" is refused',
    async (site) =>
      expect((await send('/api/jobs', { headers: { 'sec-fetch-site': site } })).status).toBe(403),
  );

  test('a page of another site may not even link to the entry page', async () => {
    expect((await send('/', { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
  });

  test('nothing is served without the cookie, or with a wrong one', async () => {
    for (const path of ['/', '/app.js', '/api/jobs', '/api/events']) {
      expect((await send(path, { headers: { cookie: '' } })).status).toBe(403);
      expect((await send(path, { headers: { cookie: `${cookie.slice(0, -1)}_` } })).status).toBe(403);
    }
  });

  test('no answer ever carries a CORS header, not even to a preflight', async () => {
    const preflight = await send('/api/jobs', {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(403);
    for (const answer of [preflight, await send('/')]) {
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });
});

describe('the entry token', () => {
  const entry = (token: string) =>
    httpRequest(server.port, `/?token=${token}`, {
      headers: { host: `127.0.0.1:${server.port}`, 'sec-fetch-site': 'none' },
    });

  test('has 32 bytes', () => {
    expect(Buffer.from(new URL(server.entryUrl).searchParams.get('token')!, 'base64url')).toHaveLength(32);
  });

  test('is refused when wrong, empty or used before', async () => {
    const used = new URL(server.entryUrl).searchParams.get('token')!;
    for (const token of ['', 'A'.repeat(43), used, `${used}A`]) {
      const answer = await entry(token);
      expect(answer.status).toBe(403);
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect(answer.text()).toContain('Start Tracewright again');
    }
  });

  test('opens no other path', async () => {
    const fresh = await listenLoopback(async () => new Response('reached'));
    const { search, host } = new URL(fresh.entryUrl);
    const headers = { host, 'sec-fetch-site': 'same-origin' };
    expect((await httpRequest(fresh.port, `/api/jobs${search}`, { headers })).status).toBe(403);
    await enter(fresh);
    await fresh.close();
  });

  test('of one server is worth nothing at another', async () => {
    const other = await listenLoopback(async () => new Response('reached'));
    const otherCookie = await enter(other);
    expect((await send('/', { headers: { cookie: otherCookie } })).status).toBe(403);
    const renamed = otherCookie.replace(/^[^=]+/, cookie.split('=')[0]!);
    expect((await send('/', { headers: { cookie: renamed } })).status).toBe(403);
    await other.close();
  });
});

describe('what may be asked', () => {
  test.each([
    '/../secret.js',
    '/%2e%2e/secret.js',
    '/..%2fsecret.js',
    '/%2e%2e%2fsecret.js',
    '/..%5csecret.js',
    '//etc/passwd',
    '/%2fetc%2fpasswd',
    '/app.js%00.html',
    '/%E0%A4%A',
    '/link.js',
    '/assets/../../secret.js',
  ])('%s does not leave the renderer', async (path) => {
    const answer = await send(path);
    expect([400, 403, 404]).toContain(answer.status);
    expect(answer.text()).not.toContain('secret');
  });

  const write = (body: string | Buffer, headers: Record<string, string> = {}) =>
    send('/api/page-summaries', {
      method: 'POST',
      body,
      headers: { origin: `http://127.0.0.1:${server.port}`, 'content-type': 'application/json', ...headers },
    });

  test('a body over the limit is refused, its length stated or not', async () => {
    const body = Buffer.alloc(BODY_LIMIT_BYTES + 1, 0x20);
    expect((await write(body)).status).toBe(413);
    const chunked = await write(body, { 'transfer-encoding': 'chunked' });
    expect(chunked.status).toBe(413);
    expect(JSON.parse(chunked.text())).toMatchObject({ code: 'too-large' });
  });

  test('a body that is not JSON, does not say so or does not fit is refused in words', async () => {
    for (const answer of [
      await write('{"ids":'),
      await write('{"ids":[1]}', { 'content-type': 'text/plain' }),
      await write('{"ids":["x"]}'),
      await write(JSON.stringify({ ids: Array.from({ length: 201 }, (_, i) => i) })),
    ]) {
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.text())).toMatchObject({
        code: 'usage',
        message: expect.stringMatching(/\w/),
      });
    }
  });

  test.each(['/api/pages/0', '/api/pages/-1', '/api/pages/1e3', '/api/pages/..%2f1', '/api/pages/x/image'])(
    '%s is not a page',
    async (path) => expect([400, 403, 404]).toContain((await send(path)).status),
  );
});

test('every answer, good or bad, carries the content security policy and its companions', async () => {
  expect(CONTENT_SECURITY_POLICY).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; " +
      "worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  for (const answer of [
    await send('/'),
    await send('/app.js'),
    await send('/api/nothing'),
    await send('/nothing.js'),
    await send('/', { headers: { cookie: '' } }),
    await send('/', { headers: { host: 'evil.example' } }),
  ]) {
    expect(answer.headers).toMatchObject({
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
    });
  }
});
