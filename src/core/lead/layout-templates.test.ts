import { describe, expect, it } from 'vitest';
import { LEAD_NAMES } from '../../shared/lead-name.ts';
import { LAYOUT_KINDS } from './layout.ts';
import { LAYOUT_TEMPLATES, templateOf } from './layout-templates.ts';

describe('layout templates', () => {
  it('knows every layout kind', () => {
    expect(new Set(LAYOUT_TEMPLATES.map((t) => t.kind))).toEqual(new Set(LAYOUT_KINDS));
  });

  it('prints each of the twelve leads once on twelve-lead layouts', () => {
    for (const template of LAYOUT_TEMPLATES) {
      const leads = template.grid.flat();
      if (leads.length === 12) expect([...leads].sort()).toEqual([...LEAD_NAMES].sort());
      expect(new Set(leads).size).toBe(leads.length);
    }
  });

  it('fills column by column', () => {
    expect(templateOf('3x4+1', false).grid[1]).toEqual(['II', 'aVL', 'V2', 'V5']);
    expect(templateOf('6x2', true).grid.map((row) => row[0])).toEqual([
      'aVL',
      'I',
      'aVR',
      'II',
      'aVF',
      'III',
    ]);
  });
});
