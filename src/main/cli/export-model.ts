import { AppError } from '../../shared/app-error.ts';
import { publishModel } from '../training/export/publish-model.ts';
import type { SegmentationMetrics } from '../training/measure-planes.ts';
import { numberFlag, parseFlags } from './parse-flags.ts';
import { EXIT, type ExitCode, type Terminal } from './terminal.ts';
import { textTable } from './text-table.ts';

export const EXPORT_MODEL_HELP = `Makes a model of a training run ready for use.

  npm run export-model -- --run <dir> --out <dir> [options]

  --run <dir>    folder of the run, or of a trainer elsewhere
  --out <dir>    where <name>.onnx and its card <name>.json go
  --name <text>  name of the model (segmentation)
  --latest       the last checkpoint instead of the one that was best on the held-out pages
  --kinds <N>    measure on N held-out pages of each kind, too (8)
  --int8         8-bit arithmetic: about half the time, a quarter of the size
`;

/** `export-model`: see EXPORT_MODEL_HELP. */
export async function exportModel(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parseFlags(args, {
    run: { type: 'string' },
    out: { type: 'string', short: 'o' },
    name: { type: 'string', default: 'segmentation' },
    kinds: { type: 'string' },
    latest: { type: 'boolean', default: false },
    int8: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (values.help) {
    terminal.out(EXPORT_MODEL_HELP);
    return EXIT.ok;
  }
  if (!values.run || !values.out || positionals.length > 0) {
    throw new AppError('usage', 'export-model takes --run <dir> and --out <dir>.');
  }
  const pagesPerKind = numberFlag('kinds', values.kinds, { min: 0, max: 1000, integer: true }) ?? 8;
  const { card, measured, kinds, before } = await publishModel({
    run: values.run,
    which: values.latest ? 'latest' : 'best',
    out: values.out,
    name: values.name,
    int8: values.int8,
    pagesPerKind,
    bases: [process.cwd()],
  });
  const header = [
    'held-out pages',
    'loss',
    ...Object.keys(measured.classes).map((name) => `${name} Dice`),
    'trace share error',
  ];
  const row = (name: string, { loss, classes }: SegmentationMetrics): string[] => [
    name,
    loss.toFixed(4),
    ...Object.values(classes).map(({ dice }) => dice.toFixed(4)),
    classes['trace']!.shareError.toFixed(4),
  ];
  const rows = [
    ...(before ? [row('float32', before)] : []),
    row(card.precision, measured),
    ...Object.entries(kinds).map(([kind, found]) => row(`  ${kind}`, found)),
  ];
  terminal.out(`${textTable(header, rows)}\n`);
  terminal.out(`${card.file}, ${Math.round(card.bytes / 1024)} kB, step ${card.step}, in ${values.out}\n`);
  return EXIT.ok;
}
