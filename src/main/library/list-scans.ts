import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { FoundFile } from '../store/file-table.ts';
import { fileError } from './read-scan-file.ts';
import { hasScanExtension } from './scan-extensions.ts';

/** What lies in a folder of scans. */
export interface ScanListing {
  readonly files: readonly FoundFile[];
  /** Sub-folders that could not be read, in words; their files are neither present nor missing. */
  readonly problems: readonly { readonly relativePath: string; readonly message: string }[];
}

/** `stat` calls under way at a time: enough to hide a network drive's latency, few enough for any handle limit. */
const PARALLEL = 32;

/**
 * Lists the scans below a folder by extension: hidden entries, overlays and masks (`.overlay.png`, `.mask.png`) and
 * `skip` folders are left out, and so is whatever a link would lead to outside of the folder. 10,000 files take about 0.3 s.
 *
 * @param skip - real paths of folders not to enter
 * @throws AppError `not-found` or `unreadable` when the folder itself cannot be listed; `AbortError` by `signal`
 */
export async function listScans(
  root: string,
  { skip = [], signal }: { readonly skip?: readonly string[]; readonly signal?: AbortSignal } = {},
): Promise<ScanListing> {
  const files: FoundFile[] = [];
  const problems: { relativePath: string; message: string }[] = [];
  const visit = async (folder: string, relative: string): Promise<void> => {
    signal?.throwIfAborted();
    let entries;
    try {
      entries = await readdir(folder, { withFileTypes: true });
    } catch (cause) {
      const error = fileError(relative || folder, cause);
      if (relative === '') throw error;
      problems.push({ relativePath: relative, message: error.message });
      return;
    }
    const names: string[] = [];
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!skip.includes(path)) await visit(path, `${relative}${entry.name}/`);
      } else if (hasScanExtension(entry.name) && !/\.(overlay|mask)\.png$/.test(entry.name)) {
        if (entry.isFile() || (entry.isSymbolicLink() && (await staysInside(root, path))))
          names.push(entry.name);
      }
    }
    for (let i = 0; i < names.length; i += PARALLEL) {
      await Promise.all(
        names.slice(i, i + PARALLEL).map(async (name) => {
          // A file that vanishes between listing and looking was not there.
          const found = await stat(join(folder, name)).catch(() => null);
          if (!found?.isFile()) return;
          files.push({ relativePath: relative + name, size: found.size, mtimeMs: found.mtimeMs });
        }),
      );
    }
  };
  await visit(root, '');
  files.sort((a, b) => (a.relativePath < b.relativePath ? -1 : 1));
  return { files, problems };
}

async function staysInside(root: string, link: string): Promise<boolean> {
  const target = await realpath(link).catch(() => '');
  return target.startsWith(root + sep);
}
