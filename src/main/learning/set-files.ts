import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import { storageError } from '../store/storage-error.ts';
import { MANIFEST_FILE, trainingManifest, type TrainingManifest } from './training-manifest.ts';

/** A set that is being written: beside its place, until all of it is there. */
export interface SetWriter {
  /** Writes the files of a page. @returns their digests by name @throws AppError `storage` */
  page(
    folder: string,
    files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
  ): Promise<Record<string, string>>;
  /** Writes the list and puts the set in its place. @returns its hash, and the bytes of its files */
  finish(manifest: TrainingManifest): Promise<{ readonly hash: string; readonly bytes: number }>;
  /** Removes what was written, unless it was finished. */
  discard(): Promise<void>;
}

const digest = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** Begins a set in a folder of sets; the folder is made when it does not exist. */
export async function writeSet(sets: string): Promise<SetWriter> {
  const beside = join(sets, `${randomUUID()}.part`);
  let bytes = 0;
  const put = async (path: string, content: Uint8Array): Promise<void> => {
    const file = await open(path, 'w');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    bytes += content.length;
  };
  const stored = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (cause) {
      throw storageError(cause);
    }
  };
  await stored(() => mkdir(beside, { recursive: true }));
  return {
    page: (folder, files) =>
      stored(async () => {
        const digests: Record<string, string> = {};
        await mkdir(join(beside, folder));
        for (const { name, bytes: content } of files) {
          await put(join(beside, folder, name), content);
          digests[name] = digest(content);
        }
        return digests;
      }),
    finish: (manifest) =>
      stored(async () => {
        const content = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);
        const hash = digest(content);
        await put(join(beside, MANIFEST_FILE), content);
        const place = join(sets, hash);
        // The same content is there already: nothing was learnt since.
        if (await stat(place).catch(() => null)) await rm(beside, { recursive: true, force: true });
        else await rename(beside, place);
        return { hash, bytes };
      }),
    discard: () => rm(beside, { recursive: true, force: true }),
  };
}

/**
 * Reads the list of a set and holds it to its name.
 *
 * @param folder - of the set
 * @throws AppError `not-found`, `corrupt`
 */
export async function readManifest(folder: string, hash: string): Promise<TrainingManifest> {
  const path = join(folder, MANIFEST_FILE);
  const content = await readFile(path).catch((cause: unknown) => {
    throw new AppError('not-found', `The training set ${folder} is gone. Make it anew.`, { cause });
  });
  const damaged = `The training set ${folder} was changed after it was made. Make it anew.`;
  if (digest(content) !== hash) throw new AppError('corrupt', damaged);
  return trainingManifest.parse(JSON.parse(content.toString('utf8')));
}

/** A file of a set, held to its digest. @throws AppError `corrupt` */
export async function readSetFile(
  folder: string,
  page: TrainingManifest['pages'][number],
  name: string,
): Promise<Buffer> {
  const path = join(folder, page.folder, name);
  const content = await readFile(path).catch((cause: unknown) => {
    throw new AppError('corrupt', `${path} is gone. Make the training set anew.`, { cause });
  });
  if (digest(content) !== page.files[name]) {
    throw new AppError('corrupt', `${path} was changed after the training set was made. Make the set anew.`);
  }
  return content;
}
