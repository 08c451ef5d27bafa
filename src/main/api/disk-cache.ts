import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes that can be made again, kept in a folder within a bound; the least recently used go first. */
export interface DiskCache {
  /** The bytes under `key`, made and kept when they are not there. Concurrent calls for a key share one making. */
  get(key: string, make: () => Promise<Uint8Array<ArrayBuffer>>): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Opens a cache in `folder`. A disk that is full or read-only makes it slow, never wrong: the bytes are made each time.
 *
 * @param options.maxBytes bound of the folder; swept down to 80 % when a write crosses it
 */
export function openDiskCache(folder: string, options: { readonly maxBytes: number }): DiskCache {
  const making = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  let knownBytes: number | null = null;

  async function read(key: string): Promise<Uint8Array<ArrayBuffer>> {
    const path = join(folder, key);
    const bytes = new Uint8Array(await readFile(path));
    const now = new Date();
    await utimes(path, now, now).catch(() => undefined);
    return bytes;
  }

  async function keep(key: string, bytes: Uint8Array): Promise<void> {
    await mkdir(folder, { recursive: true });
    const path = join(folder, key);
    await writeFile(`${path}.part`, bytes);
    await rename(`${path}.part`, path);
    knownBytes = (knownBytes ?? (await totalBytes(folder)) - bytes.length) + bytes.length;
    if (knownBytes > options.maxBytes) knownBytes = await sweep(folder, options.maxBytes * 0.8);
  }

  async function readOrMake(key: string, make: () => Promise<Uint8Array<ArrayBuffer>>) {
    const kept = await read(key).catch(() => null);
    if (kept) return kept;
    const bytes = await make();
    await keep(key, bytes).catch(() => undefined);
    return bytes;
  }

  return {
    async get(key, make) {
      const running = making.get(key) ?? readOrMake(key, make).finally(() => making.delete(key));
      making.set(key, running);
      return running;
    },
  };
}

async function entries(folder: string): Promise<{ path: string; bytes: number; usedAt: number }[]> {
  const names = await readdir(folder);
  const stats = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const { size, mtimeMs } = await stat(path);
      return { path, bytes: size, usedAt: mtimeMs };
    }),
  );
  return stats.sort((a, b) => a.usedAt - b.usedAt);
}

async function totalBytes(folder: string): Promise<number> {
  return (await entries(folder)).reduce((sum, { bytes }) => sum + bytes, 0);
}

async function sweep(folder: string, targetBytes: number): Promise<number> {
  const oldestFirst = await entries(folder);
  let total = oldestFirst.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { path, bytes } of oldestFirst) {
    if (total <= targetBytes) break;
    await rm(path, { force: true });
    total -= bytes;
  }
  return total;
}
