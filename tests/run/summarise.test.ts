import { expect, test } from 'vitest';
import { summarise, type VitestReport } from './summarise.ts';

const file = (name: string, status: string, statuses: string[]): VitestReport['testResults'][number] => ({
  name: `/repo/${name}`,
  status,
  assertionResults: statuses.map((s) => ({ status: s, fullName: s })),
});

test('counts tests and says which files skipped or failed', () => {
  const report = {
    testResults: [
      file('a.test.ts', 'passed', ['passed', 'passed']),
      file('b.test.ts', 'failed', ['passed', 'failed']),
      file('c.test.ts', 'passed', ['skipped', 'pending', 'todo']),
    ],
  };
  expect(summarise(report, '/repo')).toEqual({
    lines: ['failed: 1 in b.test.ts', 'skipped: 3 in c.test.ts', '3 passed, 1 failed, 3 skipped'],
    ok: false,
  });
});

test('a clean run ends with the plain line', () => {
  const report = { testResults: [file('a.test.ts', 'passed', ['passed'])] };
  expect(summarise(report, '/repo')).toEqual({ lines: ['1 passed, 0 failed'], ok: true });
});

test('a file that falls over before its tests counts as a failure', () => {
  const report = { testResults: [file('a.test.ts', 'failed', [])] };
  expect(summarise(report, '/repo').lines.at(-1)).toBe('0 passed, 1 failed');
});

test('no report, or one without tests, is a failure', () => {
  expect(summarise(null, '/repo')).toMatchObject({ ok: false });
  expect(summarise({ testResults: [] }, '/repo').lines.at(-1)).toBe('0 passed, 1 failed');
});
