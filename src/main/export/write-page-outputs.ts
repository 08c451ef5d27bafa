import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import type { ExportFormat } from '../../shared/api/routes.ts';
import type { PageFile } from './encode-page-outputs.ts';
import type { OutputLedger } from './output-ledger.ts';
import type { OutputName } from './output-names.ts';
import { writeTogether } from './write-together.ts';

/** What came of writing one page. */
export interface WrittenPage {
  /** Paths relative to the output folder. */
  readonly written: readonly string[];
  /** How many of them took the place of a file of an earlier run. */
  readonly renewed: number;
}

/** File suffixes of a format; WFDB files are named after the record. */
const SUFFIXES: Record<ExportFormat, readonly PageFile['suffix'][]> = {
  csv: ['.csv'],
  wfdb: ['.dat', '.hea'],
  json: ['.json'],
  overlay: ['.overlay.png'],
};

/**
 * Writes the files of one page, all or none. Files of an earlier run are renewed, and removed where this run has
 * nothing to put in their place (a page that now fails keeps no stale signal); anything else that stands in the way
 * is left alone and the page is refused.
 *
 * @throws AppError `storage` when the disk refuses or a foreign file stands in the way
 */
export async function writePageOutputs(
  ledger: OutputLedger,
  name: OutputName,
  files: readonly PageFile[],
  options: { readonly formats: readonly ExportFormat[]; readonly overwrite?: boolean },
): Promise<WrittenPage> {
  const relativePath = (suffix: PageFile['suffix']) =>
    join(name.folder, (suffix === '.hea' || suffix === '.dat' ? name.record : name.stem) + suffix);
  const pending = files.map(({ suffix, bytes }) => ({ path: relativePath(suffix), bytes }));
  let renewed = 0;
  for (const { path } of pending) {
    const occupant = await ledger.occupant(path);
    if (occupant === 'ours' || (occupant === 'foreign' && options.overwrite)) renewed++;
    else if (occupant === 'foreign') {
      throw new AppError(
        'storage',
        `${join(ledger.root, path)} exists and was not written by Tracewright, or was changed since. ` +
          'Choose another --out, move it away, or add --overwrite.',
      );
    }
  }
  const stale: string[] = [];
  for (const format of options.formats) {
    for (const suffix of SUFFIXES[format]) {
      const path = relativePath(suffix);
      if (!pending.some((file) => file.path === path) && (await ledger.occupant(path)) === 'ours')
        stale.push(path);
    }
  }
  if (pending.length > 0) {
    await ledger.note(pending);
    await writeTogether(pending.map(({ path, bytes }) => ({ path: join(ledger.root, path), bytes })));
  }
  for (const path of stale) await rm(join(ledger.root, path), { force: true });
  return { written: pending.map(({ path }) => path), renewed };
}
