import { expect, it } from 'vitest';
import type { LeadName } from '../../shared/lead-name.ts';
import { templateOf } from '../lead/layout-templates.ts';
import type { LayoutKind, LeadCell } from '../lead/layout.ts';
import type { LeadSignal } from '../signal/lead-signal.ts';
import { nameNumerals } from './name-numerals.ts';

const FS = 250;

/** A beat every 0.8 s: R of one size, T of another. */
const wave = (r: number, t: number) => (seconds: number) => {
  const at = (centre: number, width: number) => Math.exp(-(((((seconds + 8) % 0.8) - centre) / width) ** 2));
  return r * at(0.3, 0.015) + t * at(0.55, 0.06);
};
const [I, III] = [wave(0.8, 0.1), wave(-0.3, 0.3)];
const II = (s: number) => I(s) + III(s);
const WAVES: Partial<Record<LeadName, (seconds: number) => number>> = {
  I,
  II,
  III,
  aVR: (s) => -(I(s) + II(s)) / 2,
  aVL: (s) => (I(s) - III(s)) / 2,
  aVF: (s) => (II(s) + III(s)) / 2,
};

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
    const millivolts = Float32Array.from({ length: 2.5 * FS }, (_, k) => WAVES[name]!(k / FS));
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
