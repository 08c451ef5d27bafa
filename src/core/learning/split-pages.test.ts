import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitPages, type SplitPage } from './split-pages.ts';
import { TRAINING_PARTS } from './training-part.ts';

const page = (
  id: number,
  group: string,
  content = `c${id}`,
  before: SplitPage['before'] = null,
): SplitPage => ({
  id,
  group,
  content,
  before,
});

const anyPages = fc
  .array(
    fc.record({
      group: fc.integer({ min: 0, max: 12 }).map(String),
      content: fc.integer({ min: 0, max: 40 }).map(String),
      before: fc.option(fc.constantFrom(...TRAINING_PARTS), { nil: null }),
    }),
    { maxLength: 60 },
  )
  .map((pages) => pages.map((one, id): SplitPage => ({ id, ...one })));

describe('splitPages', () => {
  test('never parts pages of one group or copies of one scan, and loses none', () => {
    fc.assert(
      fc.property(anyPages, fc.integer(), (pages, seed) => {
        const parts = splitPages(pages, { seed });
        expect(parts.size).toBe(pages.length);
        for (const a of pages) {
          for (const b of pages) {
            if (a.group === b.group || a.content === b.content) expect(parts.get(a.id)).toBe(parts.get(b.id));
          }
        }
      }),
    );
  });

  test('what was locked once is never trained on, however the project grows', () => {
    fc.assert(
      fc.property(anyPages, anyPages, fc.integer(), (old, more, seed) => {
        const first = splitPages(old, { seed });
        const grown = [
          ...old.map((one) => ({ ...one, before: first.get(one.id)! })),
          ...more.map((one) => ({ ...one, id: one.id + 1000, before: null })),
        ];
        const second = splitPages(grown, { seed: seed + 1 });
        for (const { id } of old) if (first.get(id) === 'locked') expect(second.get(id)).toBe('locked');
      }),
    );
  });

  test('the order of the pages does not matter', () => {
    fc.assert(
      fc.property(anyPages, fc.integer(), (pages, seed) => {
        const forwards = splitPages(pages, { seed });
        const backwards = splitPages([...pages].reverse(), { seed });
        for (const { id } of pages) expect(backwards.get(id)).toBe(forwards.get(id));
      }),
    );
  });

  test('comes near the wanted shares and leaves no part empty where there are three patients', () => {
    const parts = [
      ...splitPages(
        Array.from({ length: 100 }, (_, k) => page(k, `p${k}`)),
        { seed: 3 },
      ).values(),
    ];
    const count = (part: string) => parts.filter((one) => one === part).length;
    expect(count('validation')).toBe(15);
    expect(count('locked')).toBe(20);
    for (let seed = 0; seed < 20; seed++) {
      const few = splitPages([page(1, 'a'), page(2, 'b'), page(3, 'c')], { seed });
      expect(new Set(few.values())).toEqual(new Set(TRAINING_PARTS));
    }
    expect(splitPages([page(1, 'a')], { seed: 1 }).get(1)).toBe('train');
  });
});
