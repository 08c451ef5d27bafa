import { expect, test } from 'vitest';
import { printedTable, readImageKit } from './read-image-kit.ts';

const text = JSON.stringify({
  sampling_frequency: 100,
  leads: [
    { lead_name: 'I', start_sample: 1000, end_sample: 1250, plotted_pixels: [[1, 2]] },
    { lead_name: 'avR', start_sample: 1250, end_sample: 1500 },
    { lead_name: 'fullII', start_sample: 1000, end_sample: 2000 },
    { lead_name: 'X', start_sample: 0, end_sample: 10 },
  ],
  x_grid: { val: 39.37, unit: 'px' },
});

test('of a record only what is printed is known, on the clock of the page', () => {
  const ramp = Float32Array.from({ length: 15_000 }, (_, k) => k);
  const record = {
    fs: 500,
    startSeconds: 0,
    leads: new Map((['I', 'II', 'aVR', 'V1'] as const).map((lead) => [lead, ramp])),
  };
  const { fs, startSeconds, leads } = printedTable(record, readImageKit(text));
  expect([fs, startSeconds, [...leads.keys()]]).toEqual([500, 0, ['I', 'aVR', 'II']]);
  const avr = leads.get('aVR')!;
  expect([avr.length, avr[1249], avr[1250], avr[2499], avr[2500]]).toEqual([5000, NaN, 6250, 7499, NaN]);
  expect([leads.get('II')![0], leads.get('II')![4999]]).toEqual([5000, 9999]);
  expect(printedTable(record, { fs: 500, spans: [] })).toBe(record);
  const short = { ...record, leads: new Map([['I', ramp.subarray(0, 5100)] as const]) };
  expect(
    printedTable(short, readImageKit(text))
      .leads.get('I')!
      .filter((value) => !Number.isNaN(value)).length,
  ).toBe(100);
});

test('what is no description is refused in words', () => {
  expect(() => readImageKit('{')).toThrow(/JSON/);
  expect(() => readImageKit('{"leads":[]}')).toThrow(/sampling_frequency/);
});
