import { availableParallelism } from 'node:os';
import type { DigitizeOverrides } from '../../core/digitization.ts';
import { LAYOUT_KINDS, type LayoutKind } from '../../core/lead/layout.ts';
import type { SignalProcessing } from '../../core/signal/process/signal-processing.ts';
import { exportFormat, type ExportFormat } from '../../shared/api/routes.ts';
import type { PageModel } from '../inference/page-model.ts';
import { AppError } from '../../shared/app-error.ts';
import { numberFlag, parseFlags } from './parse-flags.ts';
import { PROCESSING_FLAGS, processingFlags } from './processing-flags.ts';

export const DIGITIZE_HELP = `Digitizes scans and photographs of paper ECGs.

  npm run digitize -- <files or folders> --out <dir> [options]

  --out <dir>        where results go; the input folder's tree is mirrored there
  --project <dir>    keep the pages and results in this project, too, to look at in the workstation
  --layout <kind>    auto (default) or ${LAYOUT_KINDS.join(', ')}
  --cabrera          the limb leads are printed in Cabrera order
  --speed <mm/s>     paper speed, when the page does not tell (5 to 200)
  --gain <mm/mV>     amplitude, when the page does not tell (1 to 80)
  --fs <Hz>          samples per second of the results (default 500)
  --format <list>    of ${exportFormat.options.join(',')}
                     (default csv,wfdb,json,overlay)
  --baseline <way>   take away baseline wander: high-pass (0.5 Hz) or median (0.2 and 0.6 s)
  --notch <Hz>       take away the hum of the mains, 50 or 60 (any from 10 to 200)
  --low-pass <Hz>    take away what is quicker (5 to 500)
  --reference <dir>  folder with known signals (NAME.csv, laid out like the results): each stretch is moved in time, by
                     0.2 s at most, onto the signal it shows
  --model <file>     a segmentation model of your own, or none (default: the one that comes with the program)
  --mirror           the model looks at each page in the mirror, too: its part takes twice as long
  --provider <name>  what runs the model: cpu (default) or another that ONNX Runtime has here, such as webgpu
  --jobs <N>         pages at a time (default: one per core)
  --overwrite        replace files that Tracewright did not write
  --quiet            no progress, only the summary of what failed

Signals are left as they are printed unless a filter is asked for; NAME.json says which were.
Of NAME.png come NAME.csv, NAME.hea with NAME.dat, NAME.json and NAME.overlay.png, and in other formats NAME.edf,
NAME.mat and so on; docs/formats.md describes them.
Exit code 0: all digitized. 3: some pages failed, the rest is written. 2: the command makes no sense. 130: stopped.
`;

/** What the command line of `digitize` asks for. */
export interface DigitizeRequest {
  readonly inputs: readonly string[];
  readonly out: string;
  readonly project: string | null;
  readonly overrides: DigitizeOverrides;
  readonly fs: number;
  /** Whether the rate was stated rather than assumed. */
  readonly fsStated: boolean;
  readonly formats: readonly ExportFormat[];
  /** Filters; null when none was asked for. */
  readonly processing: SignalProcessing | null;
  /** Folder with known signals to take lags from. */
  readonly reference: string | null;
  /** Model file as stated, or `none`; null: the one that comes with the program. */
  readonly statedModel: string | null;
  /** Whether the model looks at pages in the mirror, too. */
  readonly mirror: boolean;
  /** Execution provider of ONNX Runtime. */
  readonly provider: string;
  readonly jobs: number;
  readonly overwrite: boolean;
  readonly quiet: boolean;
}

/** What is to be done: what the command line asks for, with the model found; null for none. */
export type DigitizeBatch = DigitizeRequest & { readonly model: PageModel | null };

/** Reads the flags of `digitize`; null when help was asked for. @throws AppError `usage` */
export function parseDigitizeFlags(args: readonly string[]): DigitizeRequest | null {
  const { values, positionals } = parseFlags(args, {
    out: { type: 'string', short: 'o' },
    project: { type: 'string' },
    layout: { type: 'string', default: 'auto' },
    cabrera: { type: 'boolean', default: false },
    speed: { type: 'string' },
    gain: { type: 'string' },
    fs: { type: 'string' },
    ...PROCESSING_FLAGS,
    reference: { type: 'string' },
    format: { type: 'string', default: 'csv,wfdb,json,overlay' },
    model: { type: 'string' },
    mirror: { type: 'boolean', default: false },
    provider: { type: 'string', default: 'cpu' },
    jobs: { type: 'string' },
    overwrite: { type: 'boolean', default: false },
    quiet: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (values.help) return null;
  if (positionals.length === 0) throw new AppError('usage', 'Say which files or folders to digitize.');
  if (!values.out) throw new AppError('usage', 'Say where results go: --out <dir>.');
  const fs = numberFlag('fs', values.fs, { min: 50, max: 10_000 }) ?? 500;
  return {
    inputs: positionals,
    out: values.out,
    project: values.project ?? null,
    overrides: {
      layout: layoutFlag(values.layout),
      cabrera: values.cabrera ? true : null,
      speedMmPerSecond: numberFlag('speed', values.speed, { min: 5, max: 200 }),
      gainMmPerMillivolt: numberFlag('gain', values.gain, { min: 1, max: 80 }),
    },
    fs,
    fsStated: values.fs !== undefined,
    formats: formatFlag(values.format),
    processing: processingFlags(values, fs),
    reference: values.reference ?? null,
    statedModel: values.model ?? null,
    mirror: values.mirror,
    provider: values.provider,
    jobs: numberFlag('jobs', values.jobs, { min: 1, max: 64, integer: true }) ?? availableParallelism(),
    overwrite: values.overwrite,
    quiet: values.quiet,
  };
}

function layoutFlag(text: string): LayoutKind | null {
  if (text === 'auto') return null;
  const kind = LAYOUT_KINDS.find((known) => known === text);
  if (!kind) {
    throw new AppError('usage', `--layout takes auto or one of ${LAYOUT_KINDS.join(', ')}, not "${text}".`);
  }
  return kind;
}

function formatFlag(text: string): ExportFormat[] {
  const formats = text.split(',').map((name) => {
    const parsed = exportFormat.safeParse(name.trim());
    if (parsed.success) return parsed.data;
    throw new AppError('usage', `--format takes a list of ${exportFormat.options.join(',')}, not "${name}".`);
  });
  return [...new Set(formats)];
}
