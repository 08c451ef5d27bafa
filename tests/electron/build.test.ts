import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
let out: string;

beforeAll(() => {
  out = mkdtempSync(join(tmpdir(), 'tracewright-build-'));
  const cli = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const build = spawnSync(process.execPath, [cli, 'build', '--outDir', out], { cwd: root, encoding: 'utf8' });
  expect({ status: build.status, stderr: build.stderr }).toMatchObject({ status: 0 });
});
afterAll(() => rmSync(out, { recursive: true, force: true }));

test('main process, preload script and renderer lie where package.json and the host look for them', () => {
  const { main } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { main: string };
  for (const path of [main.replace(/^out\//, ''), 'preload/index.cjs', 'renderer/index.html']) {
    expect(existsSync(join(out, path)), path).toBe(true);
  }
});

test('the sandboxed preload script needs nothing but Electron', () => {
  const code = readFileSync(join(out, 'preload/index.cjs'), 'utf8');
  expect([...code.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name)).toEqual(['electron']);
});

test('every thread of the main process has its entry beside the file that starts it', () => {
  const workers = globSync('src/main/**/*-worker.ts', { cwd: root }).map((path) => basename(path, '.ts'));
  const started = globSync('main/**/*.js', { cwd: out }).flatMap((path) => {
    const code = readFileSync(join(out, path), 'utf8');
    return [...code.matchAll(/new URL\(["'](\.[^"']+-worker\.js)["'], import\.meta\.url\)/g)].map(([, to]) =>
      join(out, dirname(path), to!),
    );
  });
  expect(started.map((path) => basename(path, '.js')).sort()).toEqual(workers.sort());
  for (const path of started) expect(existsSync(path), path).toBe(true);
});

test('the built page asks for nothing that its content security policy denies', () => {
  const page = readFileSync(join(out, 'renderer/index.html'), 'utf8');
  expect(page).not.toMatch(/<style|style=|\son\w+=|https?:\/\/|<script(?![^>]*\ssrc=)/);
  const styles = globSync('renderer/assets/*.css', { cwd: out }).map((path) =>
    readFileSync(join(out, path), 'utf8'),
  );
  expect(styles.join()).not.toMatch(/@import|@font-face|url\((?!["']?(data:image|#|\/assets))/);
});
