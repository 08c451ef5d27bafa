import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** Up to `count` scans to measure on: shared pages of 2200x1700 where they are, else the bundled samples. */
export function benchScans(count: number): string[] {
  const shared = ['pink', 'clean', 'scan', 'grayscale'].map((name) =>
    resolve(root, '../shared/data/pages', name),
  );
  const folders = existsSync(shared[0]!) ? shared : [join(root, 'resources/samples')];
  return folders
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((path) => /\.(png|jpe?g|tiff?|webp)$/i.test(path))
    .slice(0, count);
}
