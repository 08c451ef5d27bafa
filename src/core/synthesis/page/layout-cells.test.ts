import { describe, expect, it } from 'vitest';
import { layoutCells, layoutRows } from './layout-cells.ts';

const names = (cells: ReturnType<typeof layoutCells>) => cells.map((cell) => cell.lead).join(' ');

describe('layoutCells', () => {
  it('fills 3x4+1 column by column with the strip below', () => {
    const cells = layoutCells('3x4+1', { seconds: 10 });
    expect(names(cells)).toBe('I II III aVR aVL aVF V1 V2 V3 V4 V5 V6 II');
    expect(cells[4]).toMatchObject({ id: 'r1c1', startSeconds: 2.5, endSeconds: 5, role: 'lead' });
    expect(cells[12]).toMatchObject({ id: 'r3c0', row: 3, startSeconds: 0, endSeconds: 10, role: 'rhythm' });
  });

  it('turns aVR over in Cabrera order', () => {
    const cells = layoutCells('6x2', { seconds: 10, cabrera: true });
    expect(names(cells)).toBe('aVL I aVR II aVF III V1 V2 V3 V4 V5 V6');
    expect(cells.filter((cell) => cell.inverted).map((cell) => cell.lead)).toEqual(['aVR']);
  });

  it('knows the other shapes', () => {
    expect(names(layoutCells('4x3', { seconds: 10 }).filter((c) => c.column === 1))).toBe('aVL aVF V1 V2');
    expect(names(layoutCells('6x1', { seconds: 10 }))).toBe('I II III aVR aVL aVF');
    expect(names(layoutCells('strip', { seconds: 10, rhythmLeads: ['V1'] }))).toBe('V1');
    expect(names(layoutCells('3x4+3', { seconds: 10 }).slice(12))).toBe('II V1 V5');
    expect(layoutRows('6x2+1')).toBe(7);
  });
});
