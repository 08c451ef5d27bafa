import { readdir } from 'node:fs/promises';
import { extname, join, relative, resolve } from 'node:path';
import { AppError } from '../../shared/app-error.ts';
import { encodeOverlayPng } from '../export/encode-overlay-png.ts';
import { writeTogether } from '../export/write-together.ts';
import { drawContactSheet, type SheetTile } from './draw-contact-sheet.ts';
import { numberFlag, parseFlags } from './parse-flags.ts';
import { readPageNotes, type PageNotes } from './read-page-notes.ts';
import { EXIT, type ExitCode, type Terminal } from './terminal.ts';

export const CONTACT_SHEET_HELP = `Shows the overlays of many pages side by side: look before you read.

  npm run contact-sheet -- <dir> --out sheet.png [--columns N] [--per-sheet N] [--width px]

  <dir>            where digitize wrote (formats overlay and json)
  --out <file>     picture to write, replacing it; further sheets are named sheet-2.png, sheet-3.png ...
  --columns <N>    pages side by side (default 4)
  --per-sheet <N>  pages on one sheet (default 28)
  --width <px>     width of a sheet (default 1600)
`;

/** `contact-sheet`: see CONTACT_SHEET_HELP. */
export async function contactSheet(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parseFlags(args, {
    out: { type: 'string', short: 'o' },
    columns: { type: 'string' },
    'per-sheet': { type: 'string' },
    width: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (values.help) {
    terminal.out(CONTACT_SHEET_HELP);
    return EXIT.ok;
  }
  const [folder] = positionals;
  if (!folder || positionals.length > 1 || !values.out) {
    throw new AppError('usage', 'contact-sheet needs one folder and --out <file>.');
  }
  const columns = numberFlag('columns', values.columns, { min: 1, max: 20, integer: true }) ?? 4;
  const perSheet = numberFlag('per-sheet', values['per-sheet'], { min: 1, max: 400, integer: true }) ?? 28;
  const widthPx = numberFlag('width', values.width, { min: 200, max: 8000, integer: true }) ?? 1600;
  const tiles = await findTiles(folder);
  if (tiles.length === 0) {
    throw new AppError(
      'not-found',
      `No overlay (NAME.overlay.png) or report (NAME.json) lies under ${folder}.`,
    );
  }
  const out = resolve(values.out);
  for (let first = 0, sheet = 1; first < tiles.length; first += perSheet, sheet++) {
    const path =
      sheet === 1 ? out : out.slice(0, out.length - extname(out).length) + `-${sheet}` + extname(out);
    const picture = await drawContactSheet(tiles.slice(first, first + perSheet), { columns, widthPx });
    await writeTogether([{ path, bytes: await encodeOverlayPng(picture) }]);
    terminal.out(`${path}\n`);
  }
  return EXIT.ok;
}

/** Every page with an overlay or a report, in name order. */
async function findTiles(folder: string): Promise<SheetTile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new AppError('not-found', `There is no readable folder ${folder}.`, { cause });
  });
  const overlays = new Set<string>();
  const stems = new Set<string>();
  for (const entry of entries) {
    const found = /^(.+?)(\.overlay\.png|\.json)$/.exec(entry.name);
    if (!found || !entry.isFile() || entry.name.startsWith('.')) continue;
    const stem = join(entry.parentPath, found[1]!);
    stems.add(stem);
    if (found[2] === '.overlay.png') overlays.add(stem);
  }
  const tiles: SheetTile[] = [];
  for (const stem of [...stems].sort()) {
    const notes = await readPageNotes(`${stem}.json`);
    const overlay = overlays.has(stem) ? `${stem}.overlay.png` : null;
    // A JSON that is no page report is none of ours.
    if (overlay || notes.status)
      tiles.push({ overlay, caption: captionOf(relative(folder, stem), notes), notes });
  }
  return tiles;
}

function captionOf(name: string, { status, layout, confidence }: PageNotes): string {
  return [name.replaceAll('\\', '/'), status, layout, confidence?.toFixed(2)].filter(Boolean).join('  ');
}
