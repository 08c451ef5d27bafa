import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { cellMasks } from '../../core/synthesis/page/cell-masks.ts';
import { writeLeadTableCsv } from '../../formats/csv/write-lead-table-csv.ts';
import { writePageTruth } from '../../formats/synthesis/page-truth-json.ts';
import { toWfdbRecordName } from '../../formats/wfdb/wfdb-record-name.ts';
import { writeWfdb } from '../../formats/wfdb/write-wfdb.ts';
import { AppError } from '../../shared/app-error.ts';
import { writeTogether, type PendingFile } from '../export/write-together.ts';
import { drawRandomPage, type DrawnSynthPage } from './draw-random-page.ts';
import { encodeMask, encodePicture } from './encode-picture.ts';
import type { SynthOutcome, SynthRecipe, SynthTask } from './synth-task.ts';

/**
 * Draws a page and writes its files together: the picture, `NAME.csv`, `NAME.json`, `NAME.mask.png` and the WFDB record.
 * A page that a run of the same recipe has written already is kept.
 *
 * @throws AppError `storage` when another page of that name lies there, or the disk refuses
 */
export async function writeSynthPage(task: SynthTask): Promise<SynthOutcome> {
  const started = performance.now();
  const base = join(task.out, task.name);
  const recipe = recipeOf(task.recipe);
  if (!task.overwrite && existsSync(`${base}.json`)) {
    const kept = await keptNote(`${base}.json`, recipe);
    if (kept !== null) return { status: 'kept', note: kept, milliseconds: performance.now() - started };
    throw new AppError('storage', `${base}.json belongs to another run; --overwrite would replace it.`);
  }
  const drawn = drawRandomPage(task);
  const files = await filesOf(task, base, recipe, drawn);
  if (!task.overwrite) {
    const foreign = files.find(({ path }) => existsSync(path));
    if (foreign) {
      throw new AppError(
        'storage',
        `${foreign.path} is no page of an earlier run; --overwrite would replace it.`,
      );
    }
  }
  await writeTogether(files);
  if (task.overwrite) await removeStale(base, files);
  const { page, truth } = drawn;
  return {
    status: 'drawn',
    note: `${page.kind}  ${truth.layout}`,
    milliseconds: performance.now() - started,
  };
}

/** A page that is drawn again may have another ending or no mask: what it had before must not stay beside it. */
async function removeStale(base: string, files: readonly PendingFile[]): Promise<void> {
  for (const ending of ['png', 'jpg', 'mask.png']) {
    const path = `${base}.${ending}`;
    if (!files.some((file) => file.path === path)) await rm(path, { force: true });
  }
}

async function filesOf(
  { recipe, name }: SynthTask,
  base: string,
  recipeText: string,
  drawn: DrawnSynthPage,
): Promise<PendingFile[]> {
  const { raster, truth, record, page, seed, jpegQuality, showsPaper } = drawn;
  const ending = jpegQuality === null ? 'png' : 'jpg';
  const stem = basename(name);
  const wfdbName = toWfdbRecordName(stem);
  const whole = { fs: record.fs, startSeconds: 0, leads: record.leads };
  const wfdb = writeWfdb(wfdbName, recipe.maskUnplotted ? truth.signals : whole, [
    `drawn from ${ascii(record.name)}`,
  ]);
  const dpi =
    page.kind === 'photo' || page.kind === 'screen' || page.kind === 'monitor' ? null : (page.dpi ?? 200);
  const files: PendingFile[] = [
    { path: `${base}.${ending}`, bytes: await encodePicture(raster, jpegQuality, dpi) },
    { path: `${base}.csv`, bytes: writeLeadTableCsv(truth.signals) },
    { path: join(dirname(base), `${wfdbName}.hea`), bytes: wfdb.header },
    { path: join(dirname(base), `${wfdbName}.dat`), bytes: wfdb.data },
  ];
  if (recipe.masks) {
    const visible = page.conditions?.missing ? showsPaper : undefined;
    const mask = cellMasks(truth.cells, raster.width, raster.height, visible);
    files.push({ path: `${base}.mask.png`, bytes: await encodeMask(mask, raster.width, raster.height) });
  }
  const origin = {
    image: `${stem}.${ending}`,
    width: raster.width,
    height: raster.height,
    record: record.name,
    preset: recipe.preset,
    seed,
    recipe: recipeText,
    page,
  };
  // The JSON comes last: where it lies, everything else does.
  return [...files, { path: `${base}.json`, bytes: writePageTruth(truth, origin) }];
}

/** Everything a page depends on besides its name and record, as one line. */
function recipeOf(recipe: SynthRecipe): string {
  return JSON.stringify(recipe);
}

/** The note of a page drawn before by the same recipe; null when it is another's. */
async function keptNote(path: string, recipe: string): Promise<string | null> {
  try {
    const json = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
    return json['recipe'] === recipe ? `${json['kind']}  ${json['layout']}` : null;
  } catch {
    // Not JSON: somebody else's file.
    return null;
  }
}

function ascii(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?');
}
