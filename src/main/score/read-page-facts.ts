import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const truthFacts = z.looseObject({
  kind: z.string().optional(),
  level: z.string().optional(),
  style: z.string().optional(),
  preset: z.string().optional(),
  layout: z.string().optional(),
});
const predictionFacts = z.looseObject({ annotator: z.string().optional() });

/** By what pages can be grouped; null where nothing is said. */
export interface PageFacts {
  /** How the page was drawn or photographed: `kind`, `style`, `level` or `preset` of the truth's JSON. */
  readonly style: string | null;
  /** `layout` of the truth's JSON. */
  readonly layout: string | null;
  /** Who corrected the prediction last: `annotator` of its JSON. */
  readonly annotator: string | null;
}

/** Reads `NAME.json` beside the truth and beside the prediction; files that are absent or no JSON say nothing. */
export async function readPageFacts(truthJson: string, predictionJson: string): Promise<PageFacts> {
  const truth = truthFacts.safeParse(await readJson(truthJson)).data;
  const prediction = predictionFacts.safeParse(await readJson(predictionJson)).data;
  return {
    style: truth?.kind ?? truth?.style ?? truth?.level ?? truth?.preset ?? null,
    layout: truth?.layout ?? null,
    annotator: prediction?.annotator ?? null,
  };
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return null;
  }
}
