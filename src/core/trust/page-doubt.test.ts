import { expect, test } from 'vitest';
import { pageDoubt } from './page-doubt.ts';

const leads = (...trusts: (number | undefined)[]) => trusts.map((trust) => ({ trust }));

test('a page is as doubtful as its three weakest leads', () => {
  expect(pageDoubt(leads(0.9, 0.2, 0.9, 0.4, 0.6, 0.95), 0.7)).toBeCloseTo(0.6, 10);
  expect(pageDoubt(leads(0.8), 0.8)).toBeCloseTo(0.2, 10);
});

test('leads that were not judged count with the page, which stands for all where there are none', () => {
  expect(pageDoubt(leads(undefined, undefined), 0.3)).toBeCloseTo(0.7, 10);
  expect(pageDoubt([], 0)).toBe(1);
});
