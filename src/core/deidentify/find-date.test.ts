import { expect, test } from 'vitest';
import { findDate } from './find-date.ts';

test('dates are found however they are written, and nothing else is taken for one', () => {
  expect(findDate(['Jane Roe', '01.03.2024 10:01'])).toBe('2024-03-01');
  expect(findDate(['28/02/1999'])).toBe('1999-02-28');
  expect(findDate(['at 2024-02-28T09:30'])).toBe('2024-02-28');
  expect(findDate(['20240228'])).toBe('2024-02-28');
  expect(findDate(['25 mm/s', '99.99.2024', '120240228', '1234567'])).toBeNull();
});
