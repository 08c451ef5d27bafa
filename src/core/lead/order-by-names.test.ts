import { expect, it } from 'vitest';
import type { LeadName } from '../../shared/lead-name.ts';
import type { TemplateChoice } from './choose-template.ts';
import { templateOf } from './layout-templates.ts';
import { orderByNames } from './order-by-names.ts';
import type { CellName } from './place-cells.ts';

const choice = (cabrera: boolean): TemplateChoice =>
  ({ template: templateOf('3x4', cabrera), rowOffset: 0, score: 1, margin: 1 }) as unknown as TemplateChoice;

const names = (read: Readonly<Record<string, LeadName>>): Map<string, CellName> =>
  new Map(
    Object.entries(read).map(([id, lead]) => [id, { lead, labelSource: 'read' } as unknown as CellName]),
  );

it("takes Cabrera's order where names that were read stand in it", () => {
  const read = names({ r0c0: 'aVL', r2c0: 'aVR', r0c1: 'II', r0c2: 'V1', r0c3: 'V4' });
  expect(orderByNames(choice(false), read).template.cabrera).toBe(true);
  const usual = names({ r0c1: 'aVR', r1c1: 'aVL', r0c0: 'I' });
  expect(orderByNames(choice(true), usual).template.cabrera).toBe(false);
});

it('keeps the order where one name stands elsewhere, or as many in either order', () => {
  const one = names({ r0c0: 'aVL', r0c2: 'V1', r0c3: 'V4' });
  expect(orderByNames(choice(false), one).template.cabrera).toBe(false);
  const split = names({ r0c0: 'aVL', r2c0: 'aVR', r1c1: 'aVL' });
  expect(orderByNames(choice(false), split).template.cabrera).toBe(false);
});
