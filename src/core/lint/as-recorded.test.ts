import { expect, it } from 'vitest';
import type { LeadName } from '../../shared/lead-name.ts';
import type { LeadSignal } from '../signal/lead-signal.ts';
import { asRecorded } from './as-recorded.ts';

const FS = 250;
const BEATS = [0.3, 1, 1.9, 2.4, 3.5, 4.1, 5, 5.9, 6.3, 7.4, 8, 9.1];

/** A lead of an irregular heart, placed `startSeconds` into the page, of what it shows from `recorded` on. */
function lead(
  name: LeadName,
  role: LeadSignal['role'],
  startSeconds: number,
  seconds: number,
  recorded: number,
): LeadSignal {
  const size = name === 'V1' ? -1 : 0.8;
  const wave = (at: number): number =>
    size * Math.exp(-((at / 0.02) ** 2)) + 0.3 * Math.exp(-(((at - 0.25) / 0.06) ** 2));
  const millivolts = Float32Array.from({ length: seconds * FS }, (_, k) =>
    BEATS.reduce((sum, beat) => sum + wave(recorded + k / FS - beat), 0),
  );
  return {
    cellId: `${role} ${name}`,
    lead: name,
    role,
    startSeconds,
    fs: FS,
    millivolts,
    confidence: millivolts,
  };
}

it('sets columns that all begin at the same moment to where the first begins', () => {
  const signals = [
    lead('I', 'lead', 0, 2.5, 0),
    lead('V1', 'lead', 5, 2.5, 0),
    lead('V1', 'rhythm', 0, 10, 0),
  ];
  expect(asRecorded(signals).map(({ startSeconds }) => startSeconds)).toEqual([0, 0, 0]);
});

it('leaves columns that follow one another, and those of which no strip tells', () => {
  const inTurn = [
    lead('I', 'lead', 0, 2.5, 0),
    lead('V1', 'lead', 5, 2.5, 5),
    lead('V1', 'rhythm', 0, 10, 0),
  ];
  expect(asRecorded(inTurn)).toBe(inTurn);
  const alone = inTurn.slice(0, 2);
  expect(asRecorded(alone)).toBe(alone);
});
