import { expect, it } from 'vitest';
import type { LeadName } from '../../shared/lead-name.ts';
import type { TemplateChoice } from './choose-template.ts';
import type { LabelCandidate } from './find-labels.ts';
import { LABEL_CLASSES } from './label-net.ts';
import { templateOf } from './layout-templates.ts';
import { nameCells } from './name-cells.ts';
import { cellId } from './place-cells.ts';
import type { TraceRow } from './trace-row.ts';

const template = templateOf('3x4+2', false);
const choice = { template, rowOffset: 0 } as TemplateChoice;

function label(row: number, lead: LeadName): LabelCandidate {
  const probabilities = Float32Array.from(LABEL_CLASSES, (name) => (name === lead ? 0.98 : 0.001));
  return { row, box: { x0: 0, y0: 0, x1: 20, y1: 20 }, probabilities, weight: 1 };
}

/** Labels of the divided rows, and of the first rhythm row. */
const labels = new Map([
  ...template.grid.flatMap((leads, row) =>
    leads.map((lead, c) => [cellId(row, c), label(row, lead)] as const),
  ),
  [cellId(3, 0), label(3, 'V1')],
]);
const rowsOf = (...tallShares: number[]) => tallShares.map((tallShare) => ({ tallShare }) as TraceRow);

it('takes an unlabelled row with complexes for a rhythm strip of a lead that no other strip shows', () => {
  const { names, rhythmRows } = nameCells(choice, labels, rowsOf(0.1, 0.12, 0.08, 0.1, 0.07), {});
  expect(rhythmRows).toBe(2);
  expect(names.get(cellId(3, 0))!.lead).toBe('V1');
  expect(names.get(cellId(4, 0))).toMatchObject({ lead: 'II', labelSource: 'layout' });
});

it('leaves out an unlabelled line without complexes, saying so', () => {
  const { names, rhythmRows, reasons } = nameCells(choice, labels, rowsOf(0.1, 0.12, 0.08, 0.1, 0.01), {});
  expect(rhythmRows).toBe(1);
  expect(names.has(cellId(4, 0))).toBe(false);
  expect(reasons.map(({ code }) => code)).toContain('rows-ignored');
});

it('moves no lead for a single bar that reads as a numeral, but for a name and for numerals that agree', () => {
  const rows = rowsOf(0.1, 0.1, 0.1, 0.1, 0.1);
  const nameOf = (read: readonly (readonly [number, number, LeadName])[]) => {
    const some = new Map(read.map(([row, column, lead]) => [cellId(row, column), label(row, lead)] as const));
    return nameCells(choice, some, rows, {}).names;
  };
  expect(nameOf([[2, 2, 'I']]).get(cellId(2, 2))!.lead).toBe('V3');
  expect(nameOf([[2, 2, 'V1']]).get(cellId(2, 2))!.lead).toBe('V1');
  const exchanged = nameOf([
    [0, 0, 'II'],
    [1, 0, 'I'],
  ]);
  expect([0, 1].map((row) => exchanged.get(cellId(row, 0))!.lead)).toEqual(['II', 'I']);
});

it('exchanges no leads for labels that nobody could read', () => {
  const doubtful = (row: number, lead: LeadName): LabelCandidate => {
    const probabilities = Float32Array.from(LABEL_CLASSES, (name) => (name === lead ? 0.45 : 0.001));
    return { ...label(row, lead), probabilities };
  };
  const some = new Map([
    [cellId(0, 0), doubtful(0, 'aVL')],
    [cellId(1, 1), doubtful(1, 'I')],
  ]);
  const { names } = nameCells(choice, some, rowsOf(0.1, 0.1, 0.1, 0.1, 0.1), {});
  expect([names.get(cellId(0, 0))!.lead, names.get(cellId(1, 1))!.lead]).toEqual(['I', 'aVL']);
});
