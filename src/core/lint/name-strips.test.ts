import { expect, it } from 'vitest';
import type { LeadName } from '../../shared/lead-name.ts';
import type { LeadCell } from '../lead/layout.ts';
import type { LeadSignal } from '../signal/lead-signal.ts';
import { nameStrips } from './name-strips.ts';

const FS = 250;

/** A beat every 0.8 s: R of one size, T of another. */
const wave = (r: number, t: number) => (seconds: number) => {
  const at = (centre: number, width: number) => Math.exp(-(((((seconds + 8) % 0.8) - centre) / width) ** 2));
  return r * at(0.3, 0.015) + t * at(0.55, 0.06) - 0.3 * r * at(0.34, 0.015);
};
const WAVES: Partial<Record<LeadName, (seconds: number) => number>> = {
  I: wave(0.8, 0.1),
  II: wave(0.3, 0.5),
  III: wave(-0.6, 0.3),
  V1: wave(-1, -0.2),
  aVL: wave(-0.3, 0.15),
};

function lead(
  name: LeadName,
  shows: LeadName,
  role: LeadSignal['role'],
  row: number,
  seconds: number,
): LeadSignal {
  const millivolts = Float32Array.from({ length: seconds * FS }, (_, k) => WAVES[shows]!(k / FS));
  return {
    cellId: `r${row}c0`,
    lead: name,
    role,
    startSeconds: 0,
    fs: FS,
    millivolts,
    confidence: millivolts,
  };
}

function named(
  strips: readonly (readonly [LeadName, LeadName])[],
  labelSource: LeadCell['labelSource'] = 'read',
  confidence = 0.8,
) {
  const signals = [
    ...(Object.keys(WAVES) as LeadName[]).map((name, row) => lead(name, name, 'lead', row, 2.5)),
    ...strips.map(([name, shows], k) => lead(name, shows, 'rhythm', 5 + k, 10)),
  ];
  const cells = signals.map(
    ({ cellId, lead: name }) => ({ id: cellId, lead: name, labelSource, confidence }) as LeadCell,
  );
  return Object.fromEntries(nameStrips(signals, cells));
}

it('names a strip by the short lead whose waves it shows', () => {
  expect(named([['II', 'I']])).toEqual({ r5c0: 'I' });
  expect(
    named([
      ['V1', 'III'],
      ['II', 'II'],
    ]),
  ).toEqual({ r5c0: 'III' });
});

it('leaves strips alone that are like their lead, and what a person named', () => {
  expect(named([['II', 'II']])).toEqual({});
  expect(named([['II', 'I']], 'user')).toEqual({});
});

it('believes a name that is surely read, unless it is a numeral', () => {
  expect(named([['V1', 'III']], 'read', 0.97)).toEqual({});
  expect(named([['II', 'I']], 'read', 0.97)).toEqual({ r5c0: 'I' });
});

it('tells leads of one shape by their size', () => {
  expect(named([['V1', 'aVL']])).toEqual({ r5c0: 'aVL' });
  expect(named([['V1', 'III']])).toEqual({ r5c0: 'III' });
});
