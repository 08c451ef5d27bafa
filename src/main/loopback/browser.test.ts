import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findBrowser } from './find-browser.ts';
import { browserArguments, openBrowser } from './open-browser.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tracewright-browser-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program that writes its arguments down and ends, as a browser whose window is closed at once. */
function script(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\nprintf '%s\\n' "$@" > ${JSON.stringify(join(folder, 'args'))}\n`);
  chmodSync(path, 0o755);
  return path;
}

const written = () => readFileSync(join(folder, 'args'), 'utf8').trim().split('\n');

test('the first browser of the list that is on PATH and executable is found', () => {
  mkdirSync(join(folder, 'bin'));
  const edge = script('bin/msedge');
  expect(findBrowser({ PATH: join(folder, 'bin') })).toBe(edge);
  const chrome = script('bin/google-chrome');
  expect(findBrowser({ PATH: join(folder, 'bin') })).toBe(chrome);
  writeFileSync(join(folder, 'bin/chromium'), 'not executable');
  expect(findBrowser({ PATH: join(folder, 'bin') })).toBe(chrome);
});

test('the window is an app window in its own profile, and its end is told', async () => {
  const profile = join(folder, 'profile');
  await openBrowser(script('chromium'), 'http://127.0.0.1:1/?token=x', profile).closed;
  expect(written()).toContain('--app=http://127.0.0.1:1/?token=x');
  expect(written()).toContain(`--user-data-dir=${profile}`);
});

test('a profile that another window uses is left alone', async () => {
  const profile = join(folder, 'profile');
  mkdirSync(profile);
  symlinkSync(`somewhere-${process.pid}`, join(profile, 'SingletonLock'));
  await openBrowser(script('chromium'), 'http://127.0.0.1:1/', profile).closed;
  const used = written()
    .find((arg) => arg.startsWith('--user-data-dir='))!
    .split('=')[1]!;
  expect(used).not.toBe(profile);
  expect(existsSync(used)).toBe(false);
});

test('a browser that cannot be started counts as closed', async () => {
  await openBrowser(join(folder, 'absent'), 'http://127.0.0.1:1/', join(folder, 'profile')).closed;
});

test('the sandbox is given up only as root', () => {
  const args = (isRoot: boolean) => browserArguments({ url: 'u', profile: 'p', isRoot });
  expect(args(true)).toContain('--no-sandbox');
  expect(args(false)).not.toContain('--no-sandbox');
});
