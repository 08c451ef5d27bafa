import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { openPageProcesses } from '../../src/main/jobs/page-processes.ts';
import { finetuneTask } from '../../src/main/learning/begin-run.ts';
import { parseFinetuneConfig } from '../../src/main/learning/finetune-config.ts';
import type { LearnServices } from '../../src/main/learning/learn-services.ts';
import { makeTrainingSet } from '../../src/main/learning/make-training-set.ts';
import { nodeChildLauncher } from '../../src/main/processes/node-child-launcher.ts';
import { createProcessPool } from '../../src/main/processes/process-pool.ts';
import { createCorrectedPages } from '../../src/main/store/corrected-pages.ts';
import { acceptedProject, drawnScan } from '../fixtures/accepted-project.ts';
import { smallModel } from '../fixtures/small-model.ts';
import { tempDir } from '../fixtures/temp-dir.ts';
import { TINY_FINETUNE } from '../fixtures/tiny-finetune.ts';

const root = resolve(import.meta.dirname, '../..');
let out: string;

beforeAll(() => {
  // Inside the repository, where what is built finds its packages.
  mkdirSync(join(root, 'out'), { recursive: true });
  out = mkdtempSync(join(root, 'out/build-test-'));
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

test('every thread and child process has its entry beside the file that starts it', () => {
  // Folders of drawn pages are made from the command line alone; the window's program does without.
  const entries = globSync('src/main/**/*-{worker,child}.ts', { cwd: root })
    .filter((path) => !/^src\/main\/synth\//.test(path))
    .map((path) => basename(path, '.ts'));
  const started = globSync('main/**/*.js', { cwd: out }).flatMap((path) => {
    const code = readFileSync(join(out, path), 'utf8');
    return [...code.matchAll(/new URL\(["'](\.[^"']+-(?:worker|child)\.js)["'], import\.meta\.url\)/g)].map(
      ([, to]) => join(out, dirname(path), to!),
    );
  });
  expect(started.map((path) => basename(path, '.js')).sort()).toEqual(entries.sort());
  for (const path of started) expect(existsSync(path), path).toBe(true);
});

test('the built child process digitizes', async () => {
  const entry = pathToFileURL(join(out, 'main/jobs/page-child.js'));
  const processes = openPageProcesses({ size: 1, entry });
  onTestFinished(() => processes.close());
  const path = join(root, 'resources/samples/08-rhythm-strip.png');
  const { result } = await processes.run('digitizeTaskPage', {
    path,
    pageIndex: 0,
    overrides: {},
    regions: [],
    fs: 500,
    model: null,
  });
  expect(result.summary).toMatchObject({ status: 'ok', leadsFound: 1 });
});

test('the built child process learns', async () => {
  const scans = {
    'a.png': await drawnScan(1),
    'b.png': await drawnScan(2),
    'c.png': await drawnScan(3),
  };
  const dir = tempDir();
  const project = acceptedProject(dir, scans);
  onTestFinished(() => project.close());
  const pages = openPageProcesses({ size: 1, entry: pathToFileURL(join(out, 'main/jobs/page-child.js')) });
  onTestFinished(() => pages.close());
  const corrected = createCorrectedPages(project);
  const { hash } = await makeTrainingSet(project, corrected, pages);
  const run = project.trainingRuns.add({
    set: hash,
    parent: 'small',
    config: parseFinetuneConfig(TINY_FINETUNE),
  });
  const path = join(dir, 'small.onnx');
  writeFileSync(path, smallModel(3));
  const parents = new Map([['small', { path, sha256: 'small', version: 'small.onnx' }]]);
  const learn = createProcessPool<LearnServices>({
    entry: pathToFileURL(join(out, 'main/learning/learn-child.js')),
    launch: nodeChildLauncher(),
    size: 1,
  });
  onTestFinished(() => learn.close());
  const { candidate } = await learn.run('learn', await finetuneTask(project, run, parents));
  expect(candidate).toMatchObject({ name: 'tiny-1', finetuned: { set: hash } });
});

test('the built page asks for nothing that its content security policy denies', () => {
  const page = readFileSync(join(out, 'renderer/index.html'), 'utf8');
  expect(page).not.toMatch(/<style|style=|\son\w+=|https?:\/\/|<script(?![^>]*\ssrc=)/);
  const styles = globSync('renderer/assets/*.css', { cwd: out }).map((path) =>
    readFileSync(join(out, path), 'utf8'),
  );
  expect(styles.join()).not.toMatch(/@import|@font-face|url\((?!["']?(data:image|#|\/assets))/);
});
