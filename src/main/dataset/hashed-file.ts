import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DatasetFile } from '../../formats/dataset/dataset-manifest.ts';
import { toStorageError } from '../export/write-together.ts';

/** A file that is written piece by piece. */
export interface HashedFile {
  write(text: string): Promise<void>;
  /** Ends it, and tells size and SHA-256 of what was written. */
  close(): Promise<DatasetFile>;
}

/**
 * Begins a file below `root`; one that is there is written anew.
 *
 * @throws AppError `storage`
 */
export async function openHashedFile(root: string, path: string): Promise<HashedFile> {
  const target = join(root, path);
  const refuse = (thrown: unknown): never => {
    throw toStorageError(thrown, target);
  };
  await mkdir(dirname(target), { recursive: true }).catch(refuse);
  const handle = await open(target, 'w').catch(refuse);
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    async write(text) {
      const piece = Buffer.from(text);
      hash.update(piece);
      bytes += piece.length;
      await handle.writeFile(piece).catch(async (thrown: unknown) => {
        await handle.close().catch(() => undefined);
        return refuse(thrown);
      });
    },
    async close() {
      await handle.sync().catch(() => undefined);
      await handle.close().catch(refuse);
      return { path, bytes, sha256: hash.digest('hex') };
    },
  };
}

/** Size and SHA-256 of a file as it lies on the disk; null where there is none. */
export async function hashFile(path: string): Promise<{ bytes: number; sha256: string } | null> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) {
      hash.update(piece as Buffer);
      bytes += (piece as Buffer).length;
    }
  } catch {
    return null;
  }
  return { bytes, sha256: hash.digest('hex') };
}
