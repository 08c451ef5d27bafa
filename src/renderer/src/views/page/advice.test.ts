import { expect, test } from 'vitest';
import { adviceFor } from './advice.ts';

const failed = (code: string, message: string) => ({
  message: null,
  facts: null,
  reasons: [{ code, severity: 'error' as const, message }],
});

test('a missing grid asks for the scale, a damaged file for a new scan', () => {
  expect(adviceFor(failed('no-grid', 'No grid was found; 3.3 pixels per mm are assumed.'))).toEqual([
    expect.stringContaining('State the scale'),
  ]);
  expect(adviceFor(failed('corrupt', 'The file is damaged or cut short.'))).toEqual([
    expect.stringContaining('Fetch or scan the file again'),
  ]);
});

test('every failure has some advice', () => {
  expect(adviceFor(failed('strange', 'Something else.'))).toHaveLength(1);
});
