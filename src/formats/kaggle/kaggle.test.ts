import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LeadTable } from '../../core/metrics/lead-table.ts';
import { LEAD_NAMES } from '../../shared/lead-name.ts';
import { readKaggleTest, readKaggleTrain } from './kaggle-lists.ts';
import { readSubmission, submissionLines, SUBMISSION_HEADER, submissionValues } from './kaggle-submission.ts';

test('lists are read by their columns, whatever their order', () => {
  expect(readKaggleTrain('id,fs,sig_len\n7663343,500,5000\n\n')).toEqual([{ id: '7663343', fs: 500 }]);
  expect(readKaggleTest('lead,id,fs,number_of_rows\r\nII,12,250,2500\r\n')).toEqual([
    { id: '12', lead: 'II', fs: 250, rows: 2500 },
  ]);
  for (const [text, words] of [
    ['id,lead,fs\n', /no column number_of_rows/],
    ['id,lead,fs,number_of_rows\n1,IV,500,2', /Line 2 .* no lead/],
    ['id,lead,fs,number_of_rows\n1,II,0,2', /Line 2 .* "0"/],
    ['id,lead,fs,number_of_rows\n1,II,0', /3 values/],
  ] as const) {
    expect(() => readKaggleTest(text)).toThrow(words);
  }
});

test('a submission takes each lead from where it is printed, and nothing unknown', () => {
  const fs = 500;
  const ramp = (offset: number) => Float32Array.from({ length: 5000 }, (_, k) => offset + k / fs);
  const table: LeadTable = {
    fs,
    startSeconds: 0,
    leads: new Map([
      ['II', ramp(0)],
      ['V4', ramp(0)],
      ['V1', ramp(0).fill(NaN, 0, 2600)],
    ]),
  };
  const values = (lead: 'II' | 'V4' | 'V1' | 'V6', rate: number, rows: number) =>
    submissionValues({ lead, fs: rate, rows }, table, 10);
  expect(values('II', 250, 2500)[1000]).toBeCloseTo(4, 2);
  expect(values('V4', 250, 625)[0]).toBeCloseTo(7.5, 2);
  expect([...values('V1', 500, 1250).subarray(0, 100)].every((value) => value === 0)).toBe(true);
  expect(values('V1', 500, 1250)[200]).toBeCloseTo(5.4, 1);
  expect([...values('V6', 500, 3)]).toEqual([0, 0, 0]);
  expect([...submissionValues({ lead: 'I', fs, rows: 2 }, null, 10)]).toEqual([0, 0]);
});

test('a submission comes back row by row', () => {
  const value = fc.double({ min: -9, max: 9, noNaN: true });
  const leads = fc.dictionary(
    fc.constantFrom(...LEAD_NAMES),
    fc.array(value, { minLength: 1, maxLength: 8 }),
  );
  fc.assert(
    fc.property(fc.constantFrom('12', 'a_1', '7-0003'), leads, (id, columns) => {
      const entries = Object.entries(columns) as [(typeof LEAD_NAMES)[number], number[]][];
      fc.pre(entries.length > 0);
      const text =
        SUBMISSION_HEADER +
        entries.map(([lead, samples]) => submissionLines(id, lead, Float64Array.from(samples))).join('');
      const back = readSubmission(text).get(id)!;
      for (const [lead, samples] of entries) {
        const read = back.get(lead)!;
        expect(read.length).toBe(samples.length);
        samples.forEach((sample, i) => expect(Math.abs(read[i]! - sample)).toBeLessThan(6e-7));
      }
      expect(text).not.toContain('-0.000000');
    }),
  );
  expect(() => readSubmission('id,value\n1_0_II,x')).toThrow(/Line 2/);
  expect(() => readSubmission('id,value\n1_1_II,0')).toThrow(/row 0 of 1 II is missing/);
  expect(() => readSubmission('nothing')).toThrow(/id,value/);
});
