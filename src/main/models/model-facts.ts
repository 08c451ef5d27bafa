import { z } from 'zod';
import type { ModelFacts } from '../../shared/api/model-record.ts';

/** A model's card, as far as it is relied on; see `ModelCard`. */
export const modelCard = z.looseObject({
  file: z.string(),
  sha256: z.string(),
  contract: z.string().max(200),
  opset: z.number().int(),
  precision: z.string().max(40),
  revision: z.string().max(200).nullable(),
  step: z.number(),
  seconds: z.number(),
  data: z.looseObject({ trained: z.number().int(), heldOut: z.array(z.unknown()) }),
  metrics: z.unknown(),
});

const metrics = z.looseObject({ classes: z.record(z.string(), z.looseObject({ dice: z.number() })) });

/** The facts of a card that people are shown; null when it is no card. */
export function modelFacts(json: unknown): ModelFacts | null {
  const card = modelCard.safeParse(json).data;
  if (!card) return null;
  const { contract, step, seconds, precision, opset, revision, data } = card;
  const measured = metrics.safeParse(card.metrics).data;
  return {
    contract,
    step,
    seconds,
    precision,
    opset,
    revision,
    trainedRecords: data.trained,
    heldOutRecords: data.heldOut.length,
    dice: measured
      ? Object.fromEntries(Object.entries(measured.classes).map(([name, { dice }]) => [name, dice]))
      : null,
  };
}
