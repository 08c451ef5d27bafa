import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

const look = z.object({
  format: z.string(),
  bytes: z.number(),
  widthPx: z.number(),
  heightPx: z.number(),
  dpi: z.number().nullable(),
  colour: z.enum(['colour', 'gray', 'bilevel']),
  brightness: z.number(),
  contrast: z.number(),
  sharpness: z.number(),
  hash: z.string(),
  style: z.array(z.number()),
});
const statistics = z.object({
  heartRate: z.number().nullable(),
  amplitudeMillivolts: z.number().nullable(),
  tracedShare: z.number().nullable(),
  grid: z.string().nullable(),
  speed: z.string().nullable(),
  gain: z.string().nullable(),
  pxPerMm: z.number().nullable(),
  skewDegrees: z.number().nullable(),
});
const entry = z.object({
  scanKey: z.string(),
  look,
  readingKey: z.string().nullable(),
  reading: statistics.nullable(),
});
/** What was seen of a page, and of which scan and reading: another key means that it must be seen again. */
export type LookEntry = z.infer<typeof entry>;
const file = z.object({ format: z.literal(2), pages: z.record(z.string(), entry) });

/** What was seen of pages, kept in one file that can be deleted at any time. */
export interface LookCache {
  get(id: number): LookEntry | null;
  set(id: number, entry: LookEntry): void;
  /** Forgets all other pages. */
  keep(ids: ReadonlySet<number>): void;
  /** Writes what changed; a disk that is full loses nothing but time. */
  save(): Promise<void>;
}

/** Opens the cache; a file that is missing or of another format begins it anew. */
export async function openLookCache(path: string): Promise<LookCache> {
  const text = await readFile(path, 'utf8').catch(() => null);
  const pages = new Map<number, LookEntry>(text === null ? [] : parse(text));
  let changed = false;
  return {
    get: (id) => pages.get(id) ?? null,
    set(id, value) {
      pages.set(id, value);
      changed = true;
    },
    keep(ids) {
      for (const id of pages.keys()) {
        if (ids.has(id)) continue;
        pages.delete(id);
        changed = true;
      }
    },
    async save() {
      if (!changed) return;
      changed = false;
      const content = JSON.stringify({ format: 2, pages: Object.fromEntries(pages) });
      await mkdir(dirname(path), { recursive: true })
        .then(() => writeFile(`${path}.part`, content))
        .then(() => rename(`${path}.part`, path))
        .catch(() => undefined);
    },
  };
}

function parse(text: string): [number, LookEntry][] {
  try {
    return Object.entries(file.parse(JSON.parse(text)).pages).map(([id, value]) => [Number(id), value]);
  } catch {
    return [];
  }
}
