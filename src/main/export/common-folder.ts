import { dirname, sep } from 'node:path';

/**
 * Deepest folder that is, or holds, each of the given absolute folders; the root of the file system for none.
 *
 * @example
 * commonFolder(['/scans/pink', '/scans/clean/a']); // /scans
 */
export function commonFolder(folders: readonly string[]): string {
  let common = folders[0] ?? sep;
  for (const folder of folders) {
    while (folder !== common && !folder.startsWith(common.endsWith(sep) ? common : common + sep)) {
      common = dirname(common);
    }
  }
  return common;
}
