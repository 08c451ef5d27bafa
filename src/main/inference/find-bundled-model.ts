import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ModelCard } from './model-card.ts';
import { CONTRACT } from './model-contract.ts';

/** A model that came with the program. */
export interface BundledModel {
  /** The model file. */
  readonly path: string;
  readonly card: ModelCard;
}

/** `models/` of the sources; a package keeps it elsewhere and says where. */
const MODELS = fileURLToPath(new URL('../../../models', import.meta.url));

/**
 * The model to use by default: of those in the folder whose card fits today's contract, the last by name. null when
 * there is none.
 */
export async function findBundledModel(folder = MODELS): Promise<BundledModel | null> {
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names
    .filter((one) => one.endsWith('.json'))
    .sort()
    .reverse()) {
    const card = await readCard(join(folder, name));
    if (card?.contract === CONTRACT.name && names.includes(card.file)) {
      return { path: join(folder, card.file), card };
    }
  }
  return null;
}

async function readCard(path: string): Promise<ModelCard | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as ModelCard;
  } catch {
    return null;
  }
}
