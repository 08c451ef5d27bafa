import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEAD_NAMES, type LeadName } from '../../../shared/lead-name.ts';
import { drawPage } from '../page/draw-page.ts';
import { planPage } from '../page/draw-picture.ts';
import { resolvePageOptions } from '../page/page-options.ts';
import { createRandom } from '../random.ts';
import { grantWishes } from './grant-wishes.ts';
import type { PageWishes } from './page-wishes.ts';
import { randomPageOptions, type RandomPage } from './random-page-options.ts';
import { SYNTH_PRESETS } from './synth-preset.ts';

const FS = 50;
const flat = (seconds: number) =>
  new Map<LeadName, Float32Array>(LEAD_NAMES.map((lead) => [lead, new Float32Array(seconds * FS)]));
const signals = flat(10);

/** Lays a page out and plans its picture; throws where it cannot be drawn. */
function lay(page: RandomPage) {
  const options = resolvePageOptions({ ...page, signals, fs: FS });
  return { options, drawing: drawPage(options), plan: planPage(options) };
}

describe('randomPageOptions', () => {
  it('can always be drawn, with every trace on the paper', () => {
    for (let seed = 0; seed < 400; seed++) {
      const page = randomPageOptions(createRandom(seed), SYNTH_PRESETS[seed % SYNTH_PRESETS.length]!, 10);
      const { options, drawing, plan } = lay(page);
      expect(options.dpi, `seed ${seed}`).toBeGreaterThanOrEqual(72);
      expect(options.dpi).toBeLessThanOrEqual(600);
      expect(plan.picture.width).toBeGreaterThan(300);
      for (const { x0, x1 } of drawing.cells) {
        expect(x0).toBeGreaterThanOrEqual(0);
        expect(x1).toBeLessThanOrEqual(options.paperMm[0] + 1e-6);
      }
    }
  });

  it('prints short recordings on short rows', () => {
    for (let seed = 0; seed < 40; seed++) {
      expect(randomPageOptions(createRandom(seed), 'mixed', 3.7).seconds).toBeLessThanOrEqual(3.5);
    }
  });

  it('is the same for the same seed', () => {
    const draw = (seed: number) => randomPageOptions(createRandom(seed), 'mixed', 10);
    expect(draw(5)).toEqual(draw(5));
    expect(draw(5)).not.toEqual(draw(6));
  });

  it('keeps what is held out of the mixture', () => {
    for (let seed = 0; seed < 400; seed++) {
      const page = randomPageOptions(createRandom(seed), 'mixed', 10);
      expect(['monitor', 'dotted-blue', 'faint-fax', 'plain']).not.toContain(page.kind);
      const dotted = page.grid && (page.grid.minor === 'dot' || page.grid.major === 'dotted');
      const [red, , blue] = page.grid?.majorColour ?? [0, 0, 0];
      if (dotted) expect(blue - red).toBeLessThan(60);
      expect(Math.min(...page.paperColour!)).toBeGreaterThan(60);
    }
  });

  it('draws all kinds of everything', () => {
    const seen = new Map<string, Set<unknown>>();
    const note = (what: string, value: unknown) => {
      if (!seen.has(what)) seen.set(what, new Set());
      seen.get(what)!.add(value);
    };
    for (let seed = 0; seed < 600; seed++) {
      const page = randomPageOptions(createRandom(seed), 'mixed', 10);
      note('kind', page.kind);
      note('layout', page.layout);
      note('speed', page.speedMmPerSecond);
      note('gain', page.gainMmPerMillivolt);
      note('pulse', page.pulse);
      note('separators', page.separators);
      note('font', page.text!.font);
      note('grid', page.grid?.major ?? null);
      note('place', page.labelStyle!.place);
      note('colours', page.conditions!.colours);
      for (const { kind } of page.extras!) note('extra', kind);
    }
    const count = (what: string) => seen.get(what)!.size;
    expect(
      ['kind', 'layout', 'speed', 'gain', 'pulse', 'separators', 'font', 'grid', 'place', 'extra'].map(count),
    ).toEqual([7, 11, 3, 3, 3, 5, 3, 4, 4, 5]);
    expect(count('colours')).toBeGreaterThanOrEqual(3);
  });
});

describe('grantWishes', () => {
  const grant = (wishes: PageWishes, seed = 3) => {
    const random = createRandom(seed);
    return grantWishes(randomPageOptions(random, 'mixed', 10), wishes, random.fork('wishes'), 10);
  };

  it('grants what is wished, on any page', () => {
    const range = (min: number, max: number) =>
      fc
        .tuple(fc.double({ min, max, noNaN: true }), fc.double({ min, max, noNaN: true }))
        .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
    const wishes = fc.record<PageWishes>(
      {
        layout: fc.constantFrom('3x4+3', '12x1', 'strip'),
        cabrera: fc.constant(true),
        speedMmPerSecond: fc.constantFrom(12.5, 25, 50),
        gainMmPerMillivolt: fc.constantFrom(5, 20),
        dpi: range(72, 600),
        paddingMm: range(0, 40),
        pulse: fc.constantFrom('left' as const, 'right' as const, 'none' as const, 1, 0),
        header: fc.constantFrom(0, 1),
        grid: fc.constantFrom(0, 1),
        qrCode: fc.constantFrom(0, 1),
        rotate: range(-10, 10),
        crop: range(0, 0.2),
        noise: range(0, 20),
        quarterTurns: fc.constantFrom(0, 1, 2, 3),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(wishes, fc.nat(1e6), (wished, seed) => {
        const page = grant(wished, seed);
        lay(page);
        const conditions = page.conditions!;
        const within = (value: number | undefined, limits: readonly [number, number] | undefined) =>
          limits === undefined || (value! >= limits[0] - 1e-9 && value! <= limits[1] + 1e-9);
        if (wished.layout) expect(page.layout).toBe(wished.layout);
        if (wished.speedMmPerSecond) expect(page.speedMmPerSecond).toBe(wished.speedMmPerSecond);
        expect(within(page.dpi, wished.dpi)).toBe(true);
        expect(within(conditions.rotationDegrees, wished.rotate)).toBe(true);
        expect(within(-(conditions.surround?.share ?? 0), wished.crop)).toBe(true);
        expect(within(conditions.noise, wished.noise)).toBe(true);
        if (wished.header === 0) expect([page.header, page.footer]).toEqual([{}, '']);
        if (wished.grid !== undefined) expect(page.grid === null).toBe(wished.grid === 0);
        if (wished.qrCode !== undefined) {
          expect(page.extras!.filter(({ kind }) => kind === 'barcode')).toHaveLength(wished.qrCode);
        }
        if (wished.quarterTurns) expect(conditions.quarterTurns).toBe(wished.quarterTurns);
        if (wished.pulse === 0 || wished.pulse === 'none') expect(page.pulse).toBe('none');
      }),
      { numRuns: 150 },
    );
  });

  it('never leaves a caption that names another scale', () => {
    for (let seed = 0; seed < 30; seed++) {
      const page = grant({ speedMmPerSecond: 50, gainMmPerMillivolt: 20, header: 1 }, seed);
      expect(page.footer).toMatch(/50.*mm\/s/);
      expect(page.footer).toMatch(/20.*mm\/mV/);
      const chest = /Chest: (\S+) mm/.exec(page.footer!);
      if (chest) expect(Number(chest[1])).toBe(20 * (page.chestGain ?? 1));
    }
  });

  it('names the gain of chest leads where it is another', () => {
    const chests = Array.from({ length: 400 }, (_, seed) =>
      grant({ gainMmPerMillivolt: 10, header: 1 }, seed),
    )
      .filter(({ chestGain }) => chestGain === 0.5)
      .flatMap(({ footer }) => /Chest: (\S+) mm/.exec(footer!)?.[1] ?? []);
    expect(new Set(chests)).toEqual(new Set(['5']));
  });

  it('writes as many words as wished, the first where wished', () => {
    const page = grant({ handwriting: 1, words: [4, 4], handwritingMm: [5, 5], handwritingAt: [40, 60] });
    const notes = page.extras!.filter(({ kind }) => kind === 'handwriting');
    expect(notes).toHaveLength(4);
    const first = notes[0]!.strokes[0]!;
    expect(Math.hypot(first[0]! - 40, first[1]! - 60)).toBeLessThan(10);
  });

  it('folds evenly and prints in black', () => {
    const page = grant({
      foldsDown: [3, 3],
      foldsAcross: [2, 2],
      foldDegrees: [4, 4],
      blackAndWhite: 1,
      grid: 1,
    });
    expect(page.conditions!.folds).toEqual({ down: 3, across: 2, degrees: 4 });
    expect(lay(page).plan.warp!.creases).toHaveLength(5);
    expect([page.pen!.colour, page.paperColour]).toEqual([
      [0, 0, 0],
      [255, 255, 255],
    ]);
    const [r, g, b] = page.grid!.majorColour;
    expect([r === g, g === b]).toEqual([true, true]);
  });
});

it('exposes monitors for their lines', () => {
  for (let seed = 0; seed < 60; seed++) {
    const { conditions } = randomPageOptions(createRandom(seed), 'monitor', 10);
    expect(Math.max(...conditions!.light!)).toBeCloseTo(255, 6);
    expect(conditions!.levels).toBeUndefined();
    expect(conditions!.gamma).toBeLessThanOrEqual(1);
  }
});
