import { expect, it } from 'vitest';
import { LIMB_LEAD_WAVES } from '../../../tests/fixtures/limb-lead-waves.ts';
import { templateOf } from '../lead/layout-templates.ts';
import type { Layout, LeadCell } from '../lead/layout.ts';
import type { LeadSignal } from '../signal/lead-signal.ts';
import { orderByLimbLaws } from './order-by-limb-laws.ts';

const FS = 250;

/** A column of limb leads printed in one order, read by nobody and named by the usual one. */
function ordered({ printed = true, labelSource = 'layout' as LeadCell['labelSource'] } = {}) {
  const grid = templateOf('6x1', printed).grid.map(([lead]) => lead!);
  const cells = templateOf('6x1', false).grid.map(
    ([lead], row) =>
      ({ id: `r${row}c0`, lead, role: 'lead', row, column: 0, inverted: false, labelSource }) as LeadCell,
  );
  const signals = grid.map((lead, row): LeadSignal => {
    const sign = printed && lead === 'aVR' ? -1 : 1;
    const millivolts = Float32Array.from(
      { length: 2.5 * FS },
      (_, k) => sign * LIMB_LEAD_WAVES[lead]!(k / FS),
    );
    const common = { role: 'lead', startSeconds: 0, fs: FS, millivolts, confidence: millivolts } as const;
    return { cellId: `r${row}c0`, lead: cells[row]!.lead, ...common };
  });
  return orderByLimbLaws({ kind: '6x1', cabrera: false, cells } as unknown as Layout, signals);
}

it("names unread limb leads in Cabrera's order where they fit together so", () => {
  const { layout, reasons } = ordered();
  expect(layout.cabrera).toBe(true);
  expect(layout.cells.map(({ lead }) => lead)).toEqual(['aVL', 'I', 'aVR', 'II', 'aVF', 'III']);
  expect(layout.cells.map(({ inverted }) => inverted)).toEqual([false, false, true, false, false, false]);
  expect(reasons.map(({ code }) => code)).toEqual(['limb-leads-ordered']);
});

it('leaves the usual order where it fits, and names that were read', () => {
  for (const { layout, reasons } of [ordered({ printed: false }), ordered({ labelSource: 'read' })]) {
    expect([layout.cabrera, reasons]).toEqual([false, []]);
    expect(layout.cells[0]!.lead).toBe('I');
  }
});
