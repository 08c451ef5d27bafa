import { z } from 'zod';
import type { PageHabits } from '../../core/learning/page-habits.ts';
import { BEND_REACHES_MM, type LineResponse } from '../../core/trace/line-response.ts';
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
    line: z.object({ weights: z.array(z.number()).length(BEND_REACHES_MM.length) }).optional(),
  }),
});

/** What pages of a training set teach of scales, pages of earlier versions nothing, and how lines lie about what is traced on them. */
export function habitsOfPages(pages: readonly SetPage[], line: LineResponse | null = null): PageHabits {
  return {
    ...(line ? { line } : {}),
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
