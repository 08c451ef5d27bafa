import { SEGMENT_CLASSES } from '../../core/mask/segment-classes.ts';
import type { SplitBy, TrainingSetFigures } from '../../shared/api/learning-record.ts';
import type { SetPage } from './training-manifest.ts';

/** What a set holds, in figures: pages by part and style, shares of ink and of what is known by class. */
export function setFigures(pages: readonly SetPage[], splitBy: SplitBy, bytes: number): TrainingSetFigures {
  const sum = (of: (page: SetPage) => number) => pages.reduce((total, page) => total + of(page), 0);
  const count = (test: (page: SetPage) => boolean) => pages.filter(test).length;
  const area = sum(({ widthPx, heightPx }) => widthPx * heightPx);
  const shares = (key: 'ink' | 'known') =>
    Object.fromEntries(
      SEGMENT_CLASSES.map((name) => [
        name,
        sum((page) => page[key][name] * page.widthPx * page.heightPx) / area,
      ]),
    ) as TrainingSetFigures['ink'];
  const tally = (of: (page: SetPage) => string): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const page of pages) counts[of(page)] = (counts[of(page)] ?? 0) + 1;
    return counts;
  };
  return {
    pages: {
      train: count(({ part }) => part === 'train'),
      validation: count(({ part }) => part === 'validation'),
      locked: count(({ part }) => part === 'locked'),
    },
    groups: new Set(pages.map(({ group }) => group)).size,
    splitBy,
    changedPages: count(({ edits }) => edits > 0),
    edits: sum(({ edits }) => edits),
    seconds: sum(({ seconds }) => seconds),
    ink: shares('ink'),
    known: shares('known'),
    layouts: tally(({ layout }) => layout),
    grids: tally(({ grid }) => grid),
    bytes,
  };
}
