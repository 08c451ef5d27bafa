import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import { commonFolder } from '../export/common-folder.ts';
import { hasScanExtension } from '../library/scan-extensions.ts';

/** A file to digitize and the folder of the output tree its results belong in. */
export interface FoundScan {
  readonly path: string;
  /** Relative to the output folder, `` for itself. */
  readonly folder: string;
  readonly fileName: string;
  /** Folder that was named on the command line, or that holds the file that was. */
  readonly root: string;
}

/** Something that was asked for and cannot be read. */
export interface Unreadable {
  readonly path: string;
  readonly message: string;
}

/**
 * Finds the scans behind what was named on the command line: files as they are, whatever their extension; folders
 * with all scans below them, in name order, leaving out hidden entries, overlays, masks beside their pages and the output
 * folder.
 *
 * The output tree mirrors the folder. Of several folders it mirrors the tree below the deepest folder that holds them
 * all; so it does for single files where two of the same name were given. A file met twice counts once.
 */
export async function findScans(
  inputs: readonly string[],
  outFolder: string,
): Promise<{
  readonly scans: FoundScan[];
  readonly unreadable: Unreadable[];
  /** Masks of pages beside which they lie: the truth of drawn pages. */
  readonly truths: number;
}> {
  const unreadable: Unreadable[] = [];
  let truths = 0;
  const folders: string[] = [];
  const files: string[] = [];
  for (const input of inputs) {
    const path = resolve(input);
    try {
      ((await stat(path)).isDirectory() ? folders : files).push(path);
    } catch (thrown) {
      unreadable.push({ path, message: whyUnreadable(thrown) });
    }
  }
  const scans: FoundScan[] = [];
  const seen = new Set<string>();
  const add = async (path: string, folder: string, root: string) => {
    const real = await realpath(path).catch(() => path);
    if (seen.has(real)) return;
    seen.add(real);
    scans.push({ path, folder, fileName: basename(path), root });
  };
  const folderRoot = commonFolder(folders);
  for (const folder of folders) {
    for (const path of await walk(folder, resolve(outFolder), unreadable, () => truths++)) {
      await add(path, relative(folderRoot, dirname(path)), folder);
    }
  }
  const namesakes = new Set(files.map((path) => basename(path))).size < new Set(files).size;
  const fileRoot = namesakes ? commonFolder(files.map(dirname)) : null;
  for (const path of files) {
    await add(path, fileRoot ? relative(fileRoot, dirname(path)) : '', dirname(path));
  }
  return { scans, unreadable, truths };
}

/** What is said of masks that were passed over, one line; empty for none. */
export function truthWords(truths: number): string {
  if (truths === 0) return '';
  const some =
    truths === 1 ? '1 mask lies beside its page and was' : `${truths} masks lie beside their pages and were`;
  return `${some} left out (*.mask.png); name such a file itself to have it read.\n`;
}

/** Files below `root` that look like scans, breadth by name; what cannot be listed is noted and passed over. */
async function walk(
  root: string,
  outFolder: string,
  unreadable: Unreadable[],
  onTruth: () => void,
): Promise<string[]> {
  const found: string[] = [];
  const visited = new Set<string>();
  const visit = async (folder: string): Promise<void> => {
    let entries;
    try {
      const real = await realpath(folder);
      if (visited.has(real)) return;
      visited.add(real);
      entries = await readdir(folder, { withFileTypes: true });
    } catch (thrown) {
      unreadable.push({ path: folder, message: whyUnreadable(thrown) });
      return;
    }
    entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    const stems = new Set(
      entries
        .filter(({ name }) => hasScanExtension(name))
        .map(({ name }) => name.slice(0, name.lastIndexOf('.'))),
    );
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.name.startsWith('.')) continue;
      const kind = entry.isSymbolicLink() ? await stat(path).catch(() => entry) : entry;
      if (kind.isDirectory()) {
        if (path !== outFolder) await visit(path);
      } else if (kind.isFile() && hasScanExtension(entry.name) && !entry.name.endsWith('.overlay.png')) {
        if (entry.name.endsWith('.mask.png') && stems.has(entry.name.slice(0, -'.mask.png'.length)))
          onTruth();
        else found.push(path);
      }
    }
  };
  await visit(root);
  return found;
}

function whyUnreadable(thrown: unknown): string {
  const code = (thrown as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'There is no such file or folder.';
  if (code === 'EACCES' || code === 'EPERM') return 'Permission to read it is denied.';
  if (code === 'ENAMETOOLONG') return 'The path is too long.';
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Refuses an empty batch in words. */
export function assertSomethingFound(
  { scans, unreadable }: { readonly scans: readonly unknown[]; readonly unreadable: readonly Unreadable[] },
  inputs: readonly string[],
): void {
  if (scans.length > 0 || unreadable.length > 0) return;
  throw new AppError(
    'usage',
    `No scan was found in ${inputs.join(', ')} (PNG, JPEG, TIFF, BMP, WebP, GIF, AVIF, PDF, DICOM).`,
  );
}
