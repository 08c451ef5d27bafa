import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { PageHabits } from '../../core/learning/page-habits.ts';
import { AppError, toAppError } from '../../shared/app-error.ts';
import { checkModel } from './check-model.ts';
import { findBundledModel } from './find-bundled-model.ts';

/** A model that pages are looked at with; plain data. */
export interface ModelFile {
  readonly path: string;
  /** Name of the file and the beginning of its SHA-256, which tell later what a page was digitized with. */
  readonly version: string;
  /** Digest of the file, hexadecimal: other bytes are not run. */
  readonly sha256: string;
  /** Scales of the pages it learnt from, see `usualOfPage`; absent or null for none. */
  readonly habits?: PageHabits | null;
  /** What looks at pages unlike those it learnt from, see `modelForPage`; absent or null: itself. */
  readonly general?: ModelFile | null;
}

/**
 * A model file, checked.
 *
 * @throws AppError `usage` when it cannot be used, with the reason
 */
export async function modelFile(path: string): Promise<ModelFile> {
  try {
    const bytes = await readFile(path);
    checkModel(bytes);
    return modelFileOf(path, basename(path), createHash('sha256').update(bytes).digest('hex'));
  } catch (cause) {
    throw new AppError('usage', `The model ${path} cannot be used. ${toAppError(cause).message}`, { cause });
  }
}

/** The model that comes with the program, from its folder of models (that of the sources when absent); null for none. */
export async function bundledModelFile(folder?: string): Promise<ModelFile | null> {
  const bundled = await findBundledModel(folder);
  return bundled && modelFileOf(bundled.path, basename(bundled.path), bundled.card.sha256);
}

/** A model file by its place, the name people know it by, and its digest. */
export function modelFileOf(path: string, name: string, sha256: string): ModelFile {
  return { path: resolve(path), version: `${name} ${sha256.slice(0, 12)}`, sha256 };
}
