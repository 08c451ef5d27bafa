import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import type { ExportFormat } from '../../shared/api/routes.ts';
import type { PageFile } from './encode-page-outputs.ts';
import type { Occupant, OutputLedger } from './output-ledger.ts';
import type { OutputName } from './output-names.ts';
import { isNamedAfterRecord, outputSuffixes } from './output-suffixes.ts';
import { writeTogether } from './write-together.ts';

/** What came of writing one page. */
export interface WrittenPage {
  /** Paths relative to the output folder. */
  readonly written: readonly string[];
  /** How many of them took the place of a file of an earlier run. */
  readonly renewed: number;
}

export interface WriteOptions {
  readonly formats: readonly ExportFormat[];
  /** File name of the scan: results of another scan are not replaced by this one's. */
  readonly source: string;
  /** Replace whatever stands in the way. */
  readonly overwrite?: boolean;
}

/**
 * Writes the files of one page, all or none. Files of an earlier run on the same scan are renewed, and removed where
 * this run has nothing to put in their place (a page that now fails keeps no stale signal); anything else that stands
 * in the way is left alone and the page is refused.
 *
 * @throws AppError `storage` when the disk refuses or something stands in the way
 */
export async function writePageOutputs(
  ledger: OutputLedger,
  name: OutputName,
  files: readonly PageFile[],
  options: WriteOptions,
): Promise<WrittenPage> {
  const relativePath = (suffix: PageFile['suffix']) =>
    join(name.folder, (isNamedAfterRecord(suffix) ? name.record : name.stem) + suffix);
  const pending = files.map(({ suffix, bytes }) => ({ path: relativePath(suffix), bytes }));
  const isRenewable = (occupant: Occupant) => occupant.kind === 'ours' && occupant.source === options.source;
  let renewed = 0;
  for (const { path } of pending) {
    const occupant = await ledger.occupant(path);
    if (occupant.kind === 'free') continue;
    if (!isRenewable(occupant) && !options.overwrite) throw inTheWay(join(ledger.root, path), occupant);
    renewed++;
  }
  const stale: string[] = [];
  for (const suffix of options.formats.flatMap(outputSuffixes)) {
    const path = relativePath(suffix);
    if (pending.some((file) => file.path === path)) continue;
    if (isRenewable(await ledger.occupant(path))) stale.push(path);
  }
  if (pending.length > 0) {
    await ledger.note(pending, options.source);
    await writeTogether(pending.map(({ path, bytes }) => ({ path: join(ledger.root, path), bytes })));
  }
  for (const path of stale) await rm(join(ledger.root, path), { force: true });
  return { written: pending.map(({ path }) => path), renewed };
}

function inTheWay(path: string, occupant: Occupant): AppError {
  const why =
    occupant.kind === 'ours'
      ? `holds the results of another scan, ${occupant.source}`
      : 'exists and was not written by Tracewright, or was changed since';
  return new AppError(
    'storage',
    `${path} ${why}. Choose another output folder, move the file away, or overwrite on purpose (--overwrite).`,
  );
}
