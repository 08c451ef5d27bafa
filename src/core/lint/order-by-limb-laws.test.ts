import { expect, it } from 'vitest';
import type { LeadName } from '../../shared/lead-name.ts';
import { templateOf } from '../lead/layout-templates.ts';
import type { Layout, LeadCell } from '../lead/layout.ts';
import type { LeadSignal } from '../signal/lead-signal.ts';
import { orderByLimbLaws } from './order-by-limb-laws.ts';

const FS = 250;

/** A beat every 0.8 s: R of one size, T of another. */
const wave = (r: number, t: number) => (seconds: number) => {
  const at = (centre: number, width: number) => Math.exp(-((((seconds % 0.8) - centre) / width) ** 2));
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

/** A column of limb leads printed in one order, read by nobody and named by the usual one. */
function ordered({ printed = true, labelSource = 'layout' as LeadCell['labelSource'] } = {}) {
  const grid = templateOf('6x1', printed).grid.map(([lead]) => lead!);
  const cells = templateOf('6x1', false).grid.map(
    ([lead], row) =>
      ({ id: `r${row}c0`, lead, role: 'lead', row, column: 0, inverted: false, labelSource }) as LeadCell,
  );
  const signals = grid.map((lead, row): LeadSignal => {
    const sign = printed && lead === 'aVR' ? -1 : 1;
    const millivolts = Float32Array.from({ length: 2.5 * FS }, (_, k) => sign * WAVES[lead]!(k / FS));
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
