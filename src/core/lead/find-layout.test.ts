import { describe, expect, it } from 'vitest';
import type { LeadName } from '../../shared/lead-name.ts';
import { extractInk } from '../mask/extract-ink.ts';
import type { CanonicalPage, Rectification } from '../page/rectification.ts';
import { randomEcg } from '../synthesis/ecg/random-ecg.ts';
import { simulateEcg } from '../synthesis/ecg/simulate-ecg.ts';
import type { PageOptions } from '../synthesis/page/page-options.ts';
import { renderPage } from '../synthesis/page/render-page.ts';
import { createRandom } from '../synthesis/random.ts';
import { findLayout } from './find-layout.ts';
import type { LayoutKind } from './layout.ts';

const DPI = 150;
const PX_PER_MM = DPI / 25.4;

function signals(seed: number): ReadonlyMap<LeadName, Float32Array> {
  const random = createRandom(seed);
  return simulateEcg(randomEcg(random, 'normal'), { seconds: 10.2, fs: 500, random }).leads;
}

/** A flat page as rectification would hand it over. */
function draw(options: Partial<PageOptions> & { layout: LayoutKind }) {
  const { raster, truth } = renderPage({
    signals: signals(3),
    fs: 500,
    dpi: DPI,
    separators: 'bar',
    ...options,
  });
  const rectification = {
    canonicalPxPerMm: PX_PER_MM,
    gridKind: 'colour',
    corners: [] as Rectification['corners'],
  } as Rectification;
  const page: CanonicalPage = { raster, rectification };
  return { page, ink: extractInk(page).value, truth };
}

const CASES: (Partial<PageOptions> & { layout: LayoutKind })[] = [
  { layout: '3x4+1' },
  { layout: '3x4', pulse: 'right', separators: 'double-dash' },
  { layout: '3x4+3', rhythmLeads: ['V1', 'II', 'V5'], gainMmPerMillivolt: 5 },
  { layout: '6x2', cabrera: true },
  { layout: '6x2+1', pulse: 'none' },
  { layout: '12x1', separators: 'none', paperMm: [279.4, 300] },
];

describe('findLayout', () => {
  it.each(CASES)('names and places every cell of %o', (options) => {
    const { page, ink, truth } = draw(options);
    const { value: layout, confidence } = findLayout(page, ink);
    expect(layout.kind).toBe(options.layout);
    expect(layout.cabrera).toBe(options.cabrera ?? false);
    expect(layout.cells).toHaveLength(truth.cells.length);
    expect(confidence).toBeGreaterThan(0.5);
    if (options.pulse !== 'none') expect(layout.gainMmPerMillivolt).toBe(truth.gainMmPerMillivolt);
    for (const expected of truth.cells) {
      const found = layout.cells.find((c) => c.row === expected.row && c.column === expected.column);
      expect(found).toMatchObject({ lead: expected.lead, role: expected.role, inverted: expected.inverted });
      const from = expected.tracePx[0]!;
      const to = expected.tracePx[expected.tracePx.length - 2]!;
      expect(Math.abs(found!.x0 - from) / PX_PER_MM).toBeLessThan(0.4);
      expect(Math.abs(found!.x1 - to) / PX_PER_MM).toBeLessThan(0.4);
      expect(found!.startSeconds).toBeCloseTo(expected.startSeconds, 1);
      expect(found!.endSeconds).toBeCloseTo(expected.endSeconds, 1);
    }
  });

  it('follows what a person states', () => {
    const { page, ink } = draw({ layout: '3x4+1' });
    const overrides = { speedMmPerSecond: 50, gainMmPerMillivolt: 20, leads: { r0c1: 'V6' as const } };
    const { value: layout } = findLayout(page, ink, { overrides });
    expect(layout).toMatchObject({
      speedMmPerSecond: 50,
      speedSource: 'user',
      gainMmPerMillivolt: 20,
      gainSource: 'user',
    });
    expect(layout.cells.find((c) => c.id === 'r0c1')).toMatchObject({ lead: 'V6', labelSource: 'user' });
    expect(findLayout(page, ink, { overrides: { layout: '4x3' } }).value.kind).toBe('4x3');
  });

  it('says that the names are assumed when no label is printed', () => {
    const { page, ink } = draw({ layout: '3x4+1', text: { labels: false } });
    const { value: layout, reasons } = findLayout(page, ink);
    expect(layout.cells.every((c) => c.labelSource === 'layout')).toBe(true);
    expect(reasons.map((r) => r.code)).toContain('layout-assumed');
  });

  it('refuses a page without trace', () => {
    const { page } = draw({ layout: 'strip' });
    const { width, height } = page.raster;
    const blank = { coverage: { data: new Float32Array(width * height), width, height }, strokeWidthPx: 2 };
    expect(() => findLayout(page, blank)).toThrowError(expect.objectContaining({ code: 'no-ecg' }));
  });

  it('stops when asked to', () => {
    const { page, ink } = draw({ layout: '3x4' });
    const signal = AbortSignal.abort();
    expect(() => findLayout(page, ink, { signal })).toThrowError(
      expect.objectContaining({ name: 'AbortError' }),
    );
  });
});
