import { z } from 'zod';
import type { PageHabits } from '../../core/learning/page-habits.ts';
import type { SetPage } from './training-manifest.ts';

const habitsCard = z.looseObject({
  habits: z.object({
    pages: z.array(
      z.object({
        style: z.array(z.number()),
        speedMmPerSecond: z.number().positive(),
        gainMmPerMillivolt: z.number().positive(),
        pxPerMm: z.number().positive().optional(),
      }),
    ),
  }),
});

/** What pages of a training set teach of scales; pages of earlier versions teach nothing. */
export function habitsOfPages(pages: readonly SetPage[]): PageHabits {
  return {
    pages: pages.flatMap(({ style, speedMmPerSecond, gainMmPerMillivolt, scanPxPerMm: pxPerMm }) =>
      style && speedMmPerSecond && gainMmPerMillivolt
        ? [{ style, speedMmPerSecond, gainMmPerMillivolt, ...(pxPerMm ? { pxPerMm } : {}) }]
        : [],
    ),
  };
}

/** The habits that a model's card tells; null when it tells none. */
export const habitsOfCard = (card: unknown): PageHabits | null =>
  habitsCard.safeParse(card).data?.habits ?? null;
