import '../src/main/version-guard.js';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildRendererIfStale } from '../src/main/start/build-if-stale.ts';
import { findOrInstallBrowser } from './run/find-or-install-browser.ts';
import { summarise, type VitestReport } from './run/summarise.ts';

const root = resolve(import.meta.dirname, '..');
const report = resolve(root, 'out/test-report.json');

const browser = findOrInstallBrowser();
if (!browser) console.log('Skipping the end-to-end tests: no Chromium here, and apt-get cannot install it.');
if (!existsSync(resolve(root, '../shared/data'))) {
  console.log('Skipping the tests on real pages: there is no ../shared/data beside this folder.');
}
try {
  if (await buildRendererIfStale(root)) console.log('Built the workstation.');
} catch (error) {
  console.error(error);
  console.log('failed: the renderer does not build, so no test ran\n0 passed, 1 failed');
  process.exit(1);
}

mkdirSync(resolve(root, 'out'), { recursive: true });
rmSync(report, { force: true });
spawnSync(
  process.execPath,
  [
    resolve(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  // Built above: a source edited meanwhile must not take the files from under a test's browser.
  { cwd: root, stdio: 'inherit', env: { ...process.env, TRACEWRIGHT_BUILT: '1' } },
);

const { lines, ok } = summarise(
  existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as VitestReport) : null,
  root,
);
lines.forEach((line) => console.log(line));
process.exit(ok ? 0 : 1);
