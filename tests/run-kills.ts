import '../src/main/version-guard.js';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

// npm run test:kills [-- <kills of editing> <kills of learning>] kills the app, its children and the browser's tab at random
// as often as is promised: the same tests as in the quick run, which kill a few times each.
const root = resolve(import.meta.dirname, '..');
const [edits = '50', learning = '20'] = process.argv.slice(2);
const RUNS = [
  ['kill-edits', edits],
  ['kill-window', edits],
  ['kill-compaction', edits],
  ['kill-learning', learning],
  ['kill-finetune', learning],
] as const;

let failed = 0;
for (const [name, kills] of RUNS) {
  const { status } = spawnSync(
    process.execPath,
    [resolve(root, 'node_modules/vitest/vitest.mjs'), 'run', `tests/robustness/${name}.test.ts`],
    { cwd: root, stdio: 'inherit', env: { ...process.env, TRACEWRIGHT_KILLS: kills } },
  );
  if (status !== 0) failed++;
}
process.exit(failed === 0 ? 0 : 1);
