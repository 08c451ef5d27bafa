import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const guard = resolve(import.meta.dirname, 'version-guard.js');

function run(before: string) {
  const pretend = `data:text/javascript,${encodeURIComponent(before)}`;
  return spawnSync(process.execPath, ['--import', pretend, '--import', guard, '-e', 'console.log("ran")'], {
    encoding: 'utf8',
  });
}

test('this Node may run the program', () => {
  expect(run('')).toMatchObject({ status: 0, stdout: 'ran\n' });
});

test('an older Node is told what to do instead of crashing', () => {
  const old = run(
    `Object.defineProperty(process, 'versions', { value: { ...process.versions, napi: '9', node: '20.1.0' } })`,
  );
  expect(old).toMatchObject({ status: 1, stdout: '' });
  expect(old.stderr).toMatch(
    /^Tracewright needs Node 22\.18 or newer .* this is Node 20\.1\.0\. .*npm start/,
  );
});
