import { expect, it } from 'vitest';
import type { LeadName } from '../../shared/lead-name.ts';
import { keepSupported } from './keep-supported.ts';

const cells = (...of: readonly (readonly [LeadName, LeadName, boolean])[]) =>
  of.map(([expected, assigned, isRead]) => ({ expected, assigned, isRead }));

it('undoes exchanges that no label reads, and keeps those that one does', () => {
  expect(
    keepSupported(
      cells(
        ['I', 'V6', false],
        ['V6', 'I', false],
        ['II', 'III', true],
        ['III', 'aVF', false],
        ['aVF', 'II', false],
        ['V1', 'V1', true],
      ),
    ),
  ).toEqual(['I', 'V6', 'III', 'aVF', 'II', 'V1']);
});

it('keeps a lead that the layout does not have where a label reads so, and only there', () => {
  expect(keepSupported(cells(['I', 'V1', true], ['II', 'V2', false], ['III', 'III', false]))).toEqual([
    'V1',
    'II',
    'III',
  ]);
});
