import { describe, expect, it } from 'vitest';
import type { Layout, LeadCell } from '../lead/layout.ts';
import type { LeadSignal } from './lead-signal.ts';
import { measureSlant, slantCells } from './measure-slant.ts';

const FS = 500;
const PX_PER_SECOND = 200;
const ROW_PX = 250;

/** Beats of two shapes, millivolts at a time. */
const complex = (seconds: number, centre: number, width: number) =>
  Math.exp(-((((seconds % 0.8) - centre) / width) ** 2));
const leadI = (t: number) => complex(t, 0.3, 0.012) + 0.2 * complex(t, 0.55, 0.05);
const leadIII = (t: number) => -0.7 * complex(t, 0.31, 0.016) + 0.1 * complex(t, 0.5, 0.05);
const leadII = (t: number) => leadI(t) + leadIII(t);

/** Leads of one column and a rhythm strip, one per row, printed with a slant. */
function page(
  leads: readonly (readonly [LeadCell['lead'], LeadCell['role'], (t: number) => number])[],
  slant: number,
) {
  const cells: LeadCell[] = [];
  const signals: LeadSignal[] = [];
  leads.forEach(([lead, role, at], row) => {
    const id = `r${row}c0`;
    const seconds = role === 'lead' ? 2.5 : 10;
    const late = (slant * row * ROW_PX) / PX_PER_SECOND;
    const millivolts = Float32Array.from({ length: seconds * FS }, (_, k) => at(k / FS + 4 - late));
    signals.push({ cellId: id, lead, role, startSeconds: 0, fs: FS, millivolts, confidence: millivolts });
    const place = { x0: 100, x1: 600, baselineY: 300 + row * ROW_PX, column: 0, row };
    cells.push({ id, lead, role, ...place } as LeadCell);
  });
  return { signals, layout: { cells } as unknown as Layout };
}

const limb = [
  ['I', 'lead', leadI],
  ['II', 'lead', leadII],
  ['III', 'lead', leadIII],
] as const;

describe('measureSlant', () => {
  it.each([0.008, -0.012, 0.02])('finds a slant of %f by the limb leads', (slant) => {
    const { signals, layout } = page(limb, slant);
    expect(measureSlant(signals, layout, PX_PER_SECOND)).toBeCloseTo(slant, 3);
  });

  it('finds it by a short lead and its rhythm strip', () => {
    const { signals, layout } = page([limb[0], limb[1], ['II', 'rhythm', leadII]], 0.008);
    expect(measureSlant(signals, layout, PX_PER_SECOND)).toBeCloseTo(0.008, 3);
  });

  it('finds it though a rhythm strip agrees with nothing', () => {
    const mistraced = ['II', 'rhythm', (t: number) => leadI(t + 0.37)] as const;
    const { signals, layout } = page([...limb, mistraced], 0.004);
    expect(measureSlant(signals, layout, PX_PER_SECOND)).toBeCloseTo(0.004, 3);
  });

  it('leaves upright pages, and leads that do not tell, as they are', () => {
    const upright = page(limb, 0);
    expect(measureSlant(upright.signals, upright.layout, PX_PER_SECOND)).toBe(0);
    const apart = page([limb[0], ['V1', 'lead', leadII]], 0.02);
    expect(measureSlant(apart.signals, apart.layout, PX_PER_SECOND)).toBe(0);
    const unlike = page([limb[1], ['II', 'rhythm', (t) => leadI(t + 0.37)]], 0);
    expect(measureSlant(unlike.signals, unlike.layout, PX_PER_SECOND)).toBe(0);
  });
});

it('cells are moved about the middle of the divided rows', () => {
  const { layout } = page([...limb, ['II', 'rhythm', leadII]], 0);
  const moved = slantCells(layout, 0.01).cells.map(({ x0 }) => x0);
  expect(moved).toEqual([97.5, 100, 102.5, 105]);
});
