import { readFile } from 'node:fs/promises';
import { basename, extname, join, relative, resolve } from 'node:path';
import { z } from 'zod';
import type { MarkedPrint } from '../../core/deidentify/plan-redaction.ts';
import { AppError, toAppError } from '../../shared/app-error.ts';
import { BARE_FORMATS, type BareFormat } from '../deidentify/encode-bare.ts';
import { deidentifyPage } from '../deidentify/deidentify-page.ts';
import type { RemovalReport } from '../deidentify/report-removal.ts';
import { openIdentityKey } from '../deidentify/identity-key.ts';
import { markScan } from '../deidentify/mark-scan.ts';
import { writeRemovalReport } from '../deidentify/write-removal-report.ts';
import { writeTogether } from '../export/write-together.ts';
import { bundledModelFile } from '../inference/model-file.ts';
import { pageSegmenter } from '../inference/page-segmenter.ts';
import { decodePage, openScan } from '../library/decode-page.ts';
import { assertSomethingFound, findScans, truthWords } from './find-scans.ts';
import { interruptSignal } from './interrupt-signal.ts';
import { parseFlags } from './parse-flags.ts';
import { EXIT, type ExitCode, type Terminal } from './terminal.ts';

export const DEIDENTIFY_HELP = `Writes scans without what tells who the patient is.

  npm run deidentify -- <files or folders> --out <dir> --key <file> [options]

  --out <dir>     where pictures go, freshly encoded, and removal-report.json
  --key <file>    secret from which the names of the written files are made; made when there is none. Whoever has it
                  can tell who is who: keep it, and keep it elsewhere
  --marks <dir>   boxes of print, NAME.print.json laid out like the scans. Pages without, or whose boxes nobody has
                  reviewed ("reviewed": true), are refused
  --mark          only look for print and write NAME.print.json for a review, into --out
  --unreviewed    take pages as the machine marks them, reviewed or not: something may be missed
  --format <kind> png (default), jpg or tif
  --keep-names    keep the names of the files, which often hold names of people
  --model none    look for print without the model

Boxes of the kind "identity" are burnt out: filled from what lies around them. Nothing else of a picture changes, but
in JPEG. EXIF, XMP, DICOM tags, PDF information and comments stay behind. Exit code 3: some pages were refused.
`;

const markedPrint = z.object({
  reviewed: z.boolean(),
  boxes: z.array(
    z.object({
      x0: z.number(),
      y0: z.number(),
      x1: z.number(),
      y1: z.number(),
      kind: z.enum(['lead-label', 'scale', 'identity', 'other']),
    }),
  ),
});

/** `deidentify`: see DEIDENTIFY_HELP. */
export async function deidentify(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parseFlags(args, {
    out: { type: 'string', short: 'o' },
    key: { type: 'string' },
    marks: { type: 'string' },
    mark: { type: 'boolean', default: false },
    unreviewed: { type: 'boolean', default: false },
    format: { type: 'string', default: 'png' },
    'keep-names': { type: 'boolean', default: false },
    model: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (values.help) {
    terminal.out(DEIDENTIFY_HELP);
    return EXIT.ok;
  }
  if (positionals.length === 0 || !values.out) {
    throw new AppError('usage', 'Say which scans, and where they go: deidentify <scans> --out <dir>.');
  }
  const format = BARE_FORMATS.find((known): known is BareFormat => known === values.format);
  if (!format)
    throw new AppError('usage', `--format takes ${BARE_FORMATS.join(', ')}, not "${values.format}".`);
  if (values.model !== undefined && values.model !== 'none') {
    throw new AppError('usage', `--model takes none, not "${values.model}".`);
  }
  const needsKey = !values.mark && !values['keep-names'];
  if (needsKey && !values.key) {
    throw new AppError('usage', 'Say where the key is, or shall be made: --key <file> (or --keep-names).');
  }
  const out = resolve(values.out);
  if (values.key && !relative(out, resolve(values.key)).startsWith('..')) {
    throw new AppError(
      'usage',
      'The key must not lie in the output folder: whoever gets the pages gets it, too.',
    );
  }
  const found = await findScans(positionals, out);
  assertSomethingFound(found, positionals);
  terminal.out(truthWords(found.truths));
  const opened = values.key ? await openIdentityKey(values.key) : null;
  if (opened?.made) terminal.err(`A new key was made: ${values.key}\n`);
  const segment = pageSegmenter(values.model === 'none' ? null : await bundledModelFile());
  const interrupt = interruptSignal(terminal);
  const reports: RemovalReport[] = [];
  let refused = found.unreadable.length;
  for (const { path, message } of found.unreadable) terminal.err(`${path}: ${message}\n`);
  try {
    for (const scan of found.scans) {
      const label = join(scan.folder, scan.fileName);
      const { pageCount } = await openScan(scan.path).catch(() => ({ pageCount: 1 }));
      for (let index = 0; index < pageCount && !interrupt.signal.aborted; index++) {
        try {
          const suffix = index > 0 ? `.p${index + 1}` : '';
          const stem = basename(scan.fileName, extname(scan.fileName)) + suffix;
          const raster = await decodePage(scan.path, index);
          const look = async () => (await markScan(raster, segment)).print;
          if (values.mark) {
            const path = join(out, scan.folder, `${stem}.print.json`);
            await writeTogether([{ path, bytes: `${JSON.stringify(await look(), null, 2)}\n` }]);
            terminal.out(`${path}\n`);
            continue;
          }
          const marked = values.marks
            ? await readMarks(join(values.marks, scan.folder, `${stem}.print.json`))
            : null;
          const print = marked?.reviewed || !values.unreviewed ? marked : (marked ?? (await look()));
          const name =
            opened && !values['keep-names'] ? opened.key.pseudonym('file', join(scan.folder, stem)) : stem;
          const { bytes, report } = await deidentifyPage(
            { label, name, raster, fileBytes: await readFile(scan.path), print },
            { allowUnreviewed: values.unreviewed, format },
          );
          // The tree may be named after people as well.
          const folder = values['keep-names'] ? scan.folder : '';
          await writeTogether([{ path: join(out, folder, `${name}.${format}`), bytes }]);
          reports.push(report);
          terminal.out(
            `${name}.${format}  ${report.burnt.identity ?? 0} boxes, ${report.metadata.length} kinds of metadata\n`,
          );
        } catch (thrown) {
          refused++;
          terminal.err(`${label}: ${toAppError(thrown).message}\n`);
        }
      }
    }
  } finally {
    interrupt.release();
  }
  if (!values.mark && reports.length > 0)
    await writeTogether([
      { path: join(out, 'removal-report.json'), bytes: writeRemovalReport(reports, refused) },
    ]);
  if (interrupt.signal.aborted) return EXIT.interrupted;
  return refused > 0 ? EXIT.failures : EXIT.ok;
}

/** @throws AppError `corrupt` naming the file */
async function readMarks(path: string): Promise<MarkedPrint | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return markedPrint.parse(JSON.parse(text));
  } catch (cause) {
    throw new AppError(
      'corrupt',
      `${path} holds no marks of print; \`deidentify --mark\` writes such files.`,
      { cause },
    );
  }
}
