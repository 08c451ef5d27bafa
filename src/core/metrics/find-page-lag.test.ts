import { expect, test } from 'vitest';
import { createRandom } from '../synthesis/random.ts';
import { randomEcg } from '../synthesis/ecg/random-ecg.ts';
import { simulateEcg } from '../synthesis/ecg/simulate-ecg.ts';
import { LEAD_NAMES, type LeadName } from '../../shared/lead-name.ts';
import { findPageLag } from './find-page-lag.ts';
import type { LeadTable } from './lead-table.ts';

const random = createRandom(3);
const ecg = simulateEcg(randomEcg(random, 'normal'), { seconds: 30, fs: 500, random });

/** Ten seconds from `from` on as a page shows them: each lead a quarter, II all of it. */
function printed(from: number, offset: number): LeadTable {
  const leads = new Map<LeadName, Float32Array>();
  LEAD_NAMES.forEach((lead, i) => {
    const values = new Float32Array(5000).fill(NaN);
    const [first, end] =
      lead === 'II' ? [0, 5000] : [1250 * Math.floor(i / 3), 1250 * Math.floor(i / 3) + 1250];
    for (let k = first; k < end; k++) values[k] = ecg.leads.get(lead)![Math.round(from * 500) + k]! + offset;
    leads.set(lead, values);
  });
  return { fs: 500, startSeconds: 0, leads };
}
const record: LeadTable = {
  fs: 500,
  startSeconds: 0,
  leads: new Map([...ecg.leads].map(([lead, values]) => [lead, Float32Array.from(values)])),
};

test('a page is found in its record, to the hundredth of a second', () => {
  for (const from of [0, 4.32, 17.9]) {
    const lag = findPageLag(record, printed(from, 0.05), 20)!;
    expect(Math.abs(lag.lagSeconds - from)).toBeLessThan(0.01);
    expect(lag.correlation).toBeGreaterThan(0.98);
    expect(lag.offsetMillivolts).toBeCloseTo(0.05, 2);
  }
});

test('another record correlates badly, and none at all says nothing', () => {
  const other = simulateEcg(randomEcg(random, 'wide-qrs'), { seconds: 30, fs: 500, random });
  const leads = new Map([...other.leads].map(([lead, values]) => [lead, Float32Array.from(values)] as const));
  expect(findPageLag({ ...record, leads }, printed(3, 0), 20)!.correlation).toBeLessThan(0.9);
  expect(findPageLag({ ...record, leads: new Map() }, printed(3, 0), 20)).toBeNull();
});
