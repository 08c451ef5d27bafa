import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { httpRequest } from '../api/http-request.ts';

const root = resolve(import.meta.dirname, '../..');
let folder: string;
let children: ChildProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tracewright-start-'));
  children = [];
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** `npm start -- args`, without npm's own output. */
function start(...args: string[]) {
  const guard = ['--import', join(root, 'src/main/version-guard.js')];
  const child = spawn(process.execPath, [...guard, join(root, 'src/main/start.ts'), ...args], {
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '' },
  });
  children.push(child);
  let said = '';
  child.stdout.on('data', (part: Buffer) => (said += part.toString()));
  child.stderr.on('data', (part: Buffer) => (said += part.toString()));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  return { child, ended, said: () => said };
}

async function address(run: ReturnType<typeof start>): Promise<URL> {
  await expect.poll(run.said).toMatch(/http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}/);
  return new URL(/http:\S+/.exec(run.said())![0]);
}

test('without a display the address is printed once, and the program ends well on SIGTERM', async () => {
  const run = start('--project', join(folder, 'project'));
  const url = await address(run);
  expect(run.said()).toContain('There is no display');
  expect(run.said().match(/http:/g)).toHaveLength(1);
  const headers = { host: url.host, 'sec-fetch-site': 'none' };
  expect((await httpRequest(Number(url.port), `/${url.search}`, { headers })).status).toBe(303);
  run.child.kill('SIGTERM');
  expect(await run.ended).toBe(0);
  expect(existsSync(join(folder, 'project/project.sqlite'))).toBe(true);
});

test('a project that is open cannot be opened twice', async () => {
  const first = start('--no-open', '--project', folder);
  await address(first);
  // The address is said while the project still opens.
  await expect.poll(() => existsSync(join(folder, 'project.sqlite-wal'))).toBe(true);
  const second = start('--no-open', '--project', folder);
  expect(await second.ended).toBe(1);
  expect(second.said()).toContain('already open');
  first.child.kill('SIGINT');
  expect(await first.ended).toBe(0);
});

test('a wrong option is a usage error, and --help helps', async () => {
  const wrong = start('--prot', '80');
  expect(await wrong.ended).toBe(2);
  expect(wrong.said()).toContain('--port <number>');
  const help = start('--help');
  expect(await help.ended).toBe(0);
  expect(help.said()).toContain('npm start');
});
