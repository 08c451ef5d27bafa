import { expect, it } from 'vitest';
import { LIMB_LEAD_WAVES } from '../../../tests/fixtures/limb-lead-waves.ts';
import type { LeadName } from '../../shared/lead-name.ts';
import { templateOf } from '../lead/layout-templates.ts';
import type { LayoutKind, LeadCell } from '../lead/layout.ts';
import type { LeadSignal } from '../signal/lead-signal.ts';
import { nameNumerals } from './name-numerals.ts';

const FS = 250;

/** Names that a page of one column of limb leads gets, printed in the order of its layout and read as stated. */
function named(
  read: Partial<Record<LeadName, LeadName>>,
  {
    kind = '6x1',
    cabrera = true,
    labelSource = 'read' as LeadCell['labelSource'],
    printed = templateOf(kind as LayoutKind, cabrera).grid.map(([lead]) => lead!),
  } = {},
) {
  const lead = (name: LeadName) => read[name] ?? name;
  const signals = printed.map((name, row): LeadSignal => {
    const millivolts = Float32Array.from({ length: 2.5 * FS }, (_, k) => LIMB_LEAD_WAVES[name]!(k / FS));
    const common = { role: 'lead', startSeconds: 0, fs: FS, millivolts, confidence: millivolts } as const;
    return { cellId: `r${row}c0`, lead: lead(name), ...common };
  });
  const cells = signals.map(
    ({ cellId, lead: name }, row) =>
      ({ id: cellId, lead: name, role: 'lead', row, column: 0, labelSource }) as LeadCell,
  );
  return Object.fromEntries(nameNumerals(signals, { kind: kind as LayoutKind, cabrera, cells }));
}

it('gives numerals that were read one for the other back where the limb leads say so', () => {
  expect(named({ II: 'III', III: 'II' })).toEqual({ r3c0: 'II', r5c0: 'III' });
  expect(named({ I: 'II', II: 'I' }, { cabrera: false })).toEqual({ r0c0: 'I', r1c0: 'II' });
});

it('leaves names that fit, that were no numerals, or that a person gave', () => {
  expect(named({})).toEqual({});
  expect(named({ aVL: 'aVF', aVF: 'aVL' })).toEqual({});
  expect(named({ II: 'III', III: 'II' }, { labelSource: 'user' })).toEqual({});
});

it('puts the numerals of three leads into the usual order where they fit together so', () => {
  const three = { kind: '3x1', cabrera: false };
  expect(named({ I: 'II', II: 'I' }, three)).toEqual({ r0c0: 'I', r1c0: 'II' });
  expect(named({ I: 'II', II: 'III', III: 'I' }, three)).toEqual({ r0c0: 'I', r1c0: 'II', r2c0: 'III' });
  expect(named({ I: 'III', III: 'I' }, three)).toEqual({ r0c0: 'I', r2c0: 'III' });
  expect(named({ I: 'III', III: 'I' }, { ...three, labelSource: 'user' })).toEqual({});
});

it('leaves an unusual order in which alone the leads fit together', () => {
  expect(named({}, { kind: '3x1', cabrera: false, printed: ['II', 'I', 'III'] })).toEqual({});
});
