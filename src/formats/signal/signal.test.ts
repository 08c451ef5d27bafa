import { deflateRawSync, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { LEAD_NAMES } from '../../shared/lead-name.ts';
import { checkSize, ecgSignal } from './ecg-signal.ts';
import { largestOf, smallestOf } from './extremes.ts';
import { inflateBounded } from './inflate-bounded.ts';
import { leadLabel } from './lead-label.ts';
import { signalFromTable, tableFromSignal } from './lead-table-signal.ts';
import { matrixLeads } from './matrix-leads.ts';
import { toMicrovolts } from './microvolts.ts';
import { seenStretches, unseenStretches } from './unseen-stretches.ts';
import { millivoltsPerUnit } from './voltage-unit.ts';

describe('ecgSignal', () => {
  it('refuses what is no recording', () => {
    const lead = { name: 'I', millivolts: new Float32Array(3) };
    expect(() => ecgSignal({ fs: 0, leads: [lead] })).toThrow(/0 samples per second/);
    expect(() => ecgSignal({ fs: NaN, leads: [lead] })).toThrow(/no rate/);
    expect(() => ecgSignal({ fs: 500, leads: [] })).toThrow(/no lead/);
    const other = { name: 'II', millivolts: new Float32Array(2) };
    expect(() => ecgSignal({ fs: 500, leads: [lead, other] })).toThrow(/different lengths/);
    expect(() => checkSize(12, 1e9)).toThrow(/too many/);
    expect(() => checkSize(2000, 1)).toThrow(/2000 leads/);
    expect(() => checkSize(1, NaN)).toThrow(/too many/);
  });
});

describe('leadLabel', () => {
  it.each([
    ['ECG aVR', 'aVR'],
    ['MDC_ECG_LEAD_AVF', 'aVF'],
    ['Lead II', 'II'],
    ['EKG V1', 'V1'],
    ['avl', 'aVL'],
    ['D2', 'II'],
    ['DIII', 'III'],
    [' v6 ', 'V6'],
    ['C3', 'V3'],
    ['MLII', 'MLII'],
    ['Resp', 'Resp'],
    ['1', '1'],
    ['ECG 1', 'I'],
  ])('%s is %s', (text, name) => {
    expect(leadLabel(text)).toBe(name);
  });
});

describe('millivoltsPerUnit', () => {
  it.each([
    ['mV', 1],
    ['µV', 0.001],
    ['μV', 0.001],
    ['V', 1000],
    ['mmHg', null],
    ['', null],
  ])('%s is %s', (unit, factor) => {
    expect(millivoltsPerUnit(unit)).toBe(factor);
  });
});

describe('tables and recordings', () => {
  it('turn into each other', () => {
    const table = { fs: 250, startSeconds: 0, leads: new Map([['V1' as const, Float32Array.of(1, NaN, 3)]]) };
    const signal = signalFromTable(table, { recordId: 'r' });
    expect(signal.leads.map(({ name }) => name)).toEqual([...LEAD_NAMES]);
    expect([...signal.leads[0]!.millivolts]).toEqual([NaN, NaN, NaN]);
    expect([...tableFromSignal(signal).leads.get('V1')!]).toEqual([1, NaN, 3]);
  });
});

describe('matrixLeads', () => {
  it('knows leads by their names, by twelve, or by the shorter side', () => {
    const matrix = (rows: number, columns: number) => ({
      data: Array.from({ length: rows * columns }, (_, i) => i),
      rows,
      columns,
      rowStride: columns,
      columnStride: 1,
    });
    expect(matrixLeads(matrix(2, 3), 1).map(({ millivolts }) => [...millivolts])).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
    expect(matrixLeads(matrix(2, 3), 1, ['a', 'v1', 'c'])[1]).toEqual({
      name: 'V1',
      millivolts: Float32Array.of(1, 4),
    });
    expect(matrixLeads(matrix(12, 3), 1)).toHaveLength(12);
    expect(() => matrixLeads(matrix(0, 3), 1)).toThrow(/empty/);
  });
});

describe('stretches and microvolts', () => {
  it('are found and rounded', () => {
    const lead = Float32Array.of(NaN, 1, 2, NaN, NaN, 3);
    expect(seenStretches(lead)).toEqual([
      { from: 1, to: 3 },
      { from: 5, to: 6 },
    ]);
    expect(unseenStretches(lead)).toEqual([
      { from: 0, to: 1 },
      { from: 3, to: 5 },
    ]);
    expect([NaN, 40, -40, 0.0004, 1.2346].map(toMicrovolts)).toEqual([-32768, 32767, -32767, 0, 1235]);
  });
});

describe('inflateBounded', () => {
  it('unpacks, and stops at the limit', () => {
    const plain = Buffer.from('ecg '.repeat(50_000));
    expect(Buffer.from(inflateBounded(deflateSync(plain), 200_000, 'zlib')).equals(plain)).toBe(true);
    expect(Buffer.from(inflateBounded(deflateRawSync(plain), 200_000, 'none')).equals(plain)).toBe(true);
    expect(() => inflateBounded(deflateSync(plain), 199_999, 'zlib')).toThrow(/more than 199999 bytes/);
    const bomb = deflateSync(Buffer.alloc(64 << 20));
    expect(() => inflateBounded(bomb, 1 << 20, 'zlib')).toThrow(/more than/);
  });

  it('refuses what is cut or no such thing', () => {
    const packed = deflateSync(Buffer.from('abcdefgh'.repeat(100)));
    expect(() => inflateBounded(packed.subarray(0, 10), 1000, 'zlib')).toThrow(/early|damaged/);
    expect(() => inflateBounded(Buffer.from('not zlib at all'), 1000, 'zlib')).toThrow(/damaged/);
    expect(() => inflateBounded(new Uint8Array(0), 1000, 'none')).toThrow(/early/);
  });
});

describe('extremes', () => {
  it('take lists longer than a call may have arguments', () => {
    const values = Array.from({ length: 300_000 }, (_, i) => i % 1000);
    expect(largestOf(0, values)).toBe(999);
    expect(smallestOf(5, values)).toBe(0);
    expect(largestOf(7, [])).toBe(7);
  });
});
