import { apiUrl } from '../api/api-url.ts';
import type { ReduceLevel } from '../canvas/reduce-level.ts';
import { createRecentCache } from './recent-cache.ts';

/** Pixels kept decoded: about 240 MB, five 3300x2550 pages at full size. */
const MOST_PIXELS = 60_000_000;

const bitmaps = createRecentCache<string, ImageBitmap>({
  limit: MOST_PIXELS,
  onDrop: (bitmap) => bitmap.close(),
});
const loading = new Map<string, Promise<ImageBitmap>>();

const keyOf = (id: number, level: ReduceLevel): string => `${id}/${level}`;

/** The decoded page at a level if it is at hand; marks it as used. */
export function bitmapAtHand(id: number, level: ReduceLevel): ImageBitmap | null {
  return bitmaps.get(keyOf(id, level)) ?? null;
}

/**
 * Fetches and decodes a page off the main thread.
 *
 * @throws Error when the server has no image of it; `AbortError` when `signal` stopped it
 */
export async function loadBitmap(id: number, level: ReduceLevel, signal?: AbortSignal): Promise<ImageBitmap> {
  const key = keyOf(id, level);
  const known = bitmaps.get(key);
  if (known) return known;
  const running = loading.get(key);
  if (running) {
    try {
      return await running;
    } catch (thrown) {
      // Whoever asked first may have left the page; that must not fail those who stay.
      const left = thrown instanceof DOMException && thrown.name === 'AbortError';
      if (!left || signal?.aborted) throw thrown;
    }
  }
  const work = fetchBitmap(id, level, signal).then((bitmap) => {
    bitmaps.set(key, bitmap, bitmap.width * bitmap.height);
    return bitmap;
  });
  loading.set(key, work);
  const done = (): void => {
    if (loading.get(key) === work) loading.delete(key);
  };
  work.then(done, done);
  return work;
}

async function fetchBitmap(id: number, level: ReduceLevel, signal?: AbortSignal): Promise<ImageBitmap> {
  const response = await fetch(apiUrl('pageImage', { id, reduce: String(level) }), {
    signal: signal ?? null,
  });
  if (!response.ok) {
    const body = (await response.json().catch(() => null)) as { message?: string } | null;
    throw new Error(body?.message ?? `The page image could not be loaded (${response.status}).`);
  }
  return createImageBitmap(await response.blob());
}
