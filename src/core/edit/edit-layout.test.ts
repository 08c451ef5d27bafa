import { expect, test } from 'vitest';
import type { Layout, LeadCell } from '../lead/layout.ts';
import { invertLead, renameLead, setGain, setLeadGain, setSpeed } from './edit-layout.ts';

const cell = (id: string, lead: LeadCell['lead'], more: Partial<LeadCell> = {}): LeadCell => ({
  id,
  lead,
  role: 'lead',
  row: 0,
  column: 0,
  x0: 0,
  x1: 100,
  baselineY: 50,
  y0: 0,
  y1: 100,
  startSeconds: 2.5,
  endSeconds: 5,
  inverted: false,
  labelBox: null,
  labelSource: 'read',
  confidence: 0.5,
  ...more,
});
const layout: Layout = {
  kind: '3x4+1',
  cabrera: false,
  cells: [cell('a', 'V1'), cell('b', 'V2', { gainMmPerMillivolt: 5 }), cell('c', 'V2', { role: 'rhythm' })],
  pulses: [],
  text: [],
  separators: [],
  speedMmPerSecond: 25,
  gainMmPerMillivolt: 10,
  speedSource: 'text',
  gainSource: 'text',
};
const names = ({ cells }: Layout) => cells.map(({ lead }) => lead);

test('a name that another lead bears is exchanged with it; rhythm strips stay out of it', () => {
  expect(names(renameLead(layout, 'a', 'V2'))).toEqual(['V2', 'V1', 'V2']);
  expect(names(renameLead(layout, 'a', 'V6'))).toEqual(['V6', 'V2', 'V2']);
  expect(names(renameLead(layout, 'c', 'V1'))).toEqual(['V1', 'V2', 'V1']);
  expect(renameLead(layout, 'a', 'V6').cells[0]).toMatchObject({ labelSource: 'user', confidence: 1 });
  expect(renameLead(layout, 'a', 'V1')).toBe(layout);
});

test('at twice the speed everything takes half the time', () => {
  const fast = setSpeed(layout, 50);
  expect(fast.cells[0]).toMatchObject({ startSeconds: 1.25, endSeconds: 2.5 });
  expect(fast.speedSource).toBe('user');
});

test('a gain of a lead’s own keeps its ratio to the page’s', () => {
  const half = setGain(layout, 5);
  expect(half.cells.map(({ gainMmPerMillivolt }) => gainMmPerMillivolt)).toEqual([undefined, 2.5, undefined]);
});

test('a lead is turned over, or has a gain of its own', () => {
  expect(invertLead(layout, 'b').cells[1]!.inverted).toBe(true);
  expect(setLeadGain(layout, 'a', 20).cells[0]!.gainMmPerMillivolt).toBe(20);
});
