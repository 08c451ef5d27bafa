import { availableParallelism } from 'node:os';
import { relative, resolve } from 'node:path';
import { NO_PROCESSING, type SignalProcessing } from '../../core/signal/process/signal-processing.ts';
import { datasetOptions, datasetPart, type DatasetOptions } from '../../shared/api/dataset-record.ts';
import { reviewState } from '../../shared/api/edit-record.ts';
import { pageStatus } from '../../shared/api/page-record.ts';
import { exportFormat, type ExportFormat } from '../../shared/api/routes.ts';
import { AppError } from '../../shared/app-error.ts';
import type { PageQuery } from '../store/page-query.ts';
import { numberFlag, parseFlags } from './parse-flags.ts';
import { PROCESSING_FLAGS, processingFlags } from './processing-flags.ts';

export const EXPORT_HELP = `Writes pages of a project, as people corrected them.

  npm run export -- --project <dir> --out <dir> [options]

  --project <dir>    the project; it must not be open in the workstation meanwhile
  --out <dir>        where the files go
  --format <list>    signals: ${exportFormat.options.join(',')} (default csv,wfdb,json)
                     masks and what belongs to them: ${datasetPart.options.join(',')}; or everything
  --dataset          a paired data set even where only signals are asked for; masks always make one

Which pages (all digitized ones by default; what is stated must all hold):
  --pages <ids>      page numbers of the project, 4,8,15..20
  --accepted         pages that were accepted
  --review <state>   ${reviewState.options.join(', ')}
  --status <state>   ok, partial, failed
  --layout <kind>    such as 3x4+1
  --search <words>   words that all occur in the path

The data set:
  --name <text>      its name (default: that of the project)
  --licence <text>   its terms of use; --description <text>: a sentence for its card
  --split <a:b:c>    shares of training, validation and test (default 70:15:15)
  --seed <N>         another one deals patients out in another way (default 1)
  --patients <rule>  how pages of one patient are told: name (default: 12/12-0003.png, a_p2.png), folder, file
  --patient-pattern <regex>   or by the first group of a pattern over the path
  --stratify <by>    layout (default), folder, none

Signals, left as they are printed unless:
  --baseline <way>   take away baseline wander: high-pass (0.5 Hz) or median (0.2 and 0.6 s)
  --notch <Hz>, --low-pass <Hz>   take away the hum of the mains; what is quicker than this
  --fs <Hz>          resample
  --correct-lag      move each stretch onto the known signals of its page, by 0.2 s at most
  --complete         compute limb leads where two others are printed at the same time; else what is not printed stays empty

Without identities (a data set only):
  --deidentify       burn print that may tell who a patient is out of the images, replace names of files and patients by
                     keyed hashes, shift dates, leave metadata behind. Pages whose print nobody has reviewed are left out
  --unreviewed       take those, too, as the program marks their print: something may be missed
  --key <file>       secret for the hashes, made when there is none (default: identity.key of the project)

  --jobs <N>         pages at a time (default: one per core)
  --overwrite        replace files that Tracewright did not write, and a data set that is there
  --quiet            no progress

docs/formats.md describes the files. A data set that was stopped goes on where it ended. Exit codes are those of digitize.
`;

/** What the command line of `export` asks for. */
export interface ExportRequest {
  readonly project: string;
  readonly out: string;
  readonly formats: readonly ExportFormat[];
  /** Null for files beside each other as `digitize` writes them; a name is missing where the project gives it. */
  readonly dataset: (Omit<DatasetOptions, 'name'> & { readonly name: string | null }) | null;
  readonly processing: SignalProcessing | null;
  readonly correctLag: boolean;
  /** Secret that replaces identities; null for the project's own. */
  readonly key: string | null;
  readonly query: PageQuery;
  /** Null for all pages that the query lists. */
  readonly ids: readonly number[] | null;
  readonly jobs: number;
  readonly overwrite: boolean;
  readonly quiet: boolean;
}

/** Reads the flags of `export`; null when help was asked for. @throws AppError `usage` */
export function parseExportFlags(args: readonly string[]): ExportRequest | null {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values, positionals } = parseFlags(args, {
    project: text,
    out: { type: 'string', short: 'o' },
    format: { type: 'string', default: 'csv,wfdb,json' },
    dataset: flag,
    pages: text,
    accepted: flag,
    review: text,
    status: text,
    layout: text,
    search: text,
    name: text,
    licence: { type: 'string', default: '' },
    description: { type: 'string', default: '' },
    split: { type: 'string', default: '70:15:15' },
    seed: text,
    patients: text,
    'patient-pattern': text,
    stratify: { type: 'string', default: 'layout' },
    ...PROCESSING_FLAGS,
    fs: text,
    'correct-lag': flag,
    complete: flag,
    deidentify: flag,
    unreviewed: flag,
    key: text,
    jobs: text,
    overwrite: flag,
    quiet: flag,
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (values.help) return null;
  if (positionals.length > 0) throw new AppError('usage', `"${positionals[0]}" is no option of export.`);
  if (!values.project) throw new AppError('usage', 'Say which project: --project <dir>.');
  if (!values.out) throw new AppError('usage', 'Say where the files go: --out <dir>.');
  const { formats, parts } = formatsOf(values.format);
  const asDataset = values.dataset || values.deidentify || parts.length > 0;
  if (!values.deidentify && (values.unreviewed || values.key !== undefined)) {
    throw new AppError('usage', '--unreviewed and --key belong to --deidentify.');
  }
  if (values.key !== undefined && !relative(resolve(values.out), resolve(values.key)).startsWith('..')) {
    throw new AppError(
      'usage',
      'The key must not lie in the output folder: whoever gets the pages gets it, too.',
    );
  }
  if (asDataset && formats.includes('overlay')) {
    throw new AppError(
      'usage',
      'A data set has no overlays: leave overlay out of --format, or masks and --dataset.',
    );
  }
  const fs = numberFlag('fs', values.fs, { min: 50, max: 10_000 });
  const filters = processingFlags(values, fs ?? 500);
  const hasProcessing = filters !== null || fs !== null || values.complete;
  const pattern = values['patient-pattern'];
  const options = datasetOptions.safeParse({
    name: values.name ?? 'x',
    parts,
    licence: values.licence,
    description: values.description,
    seed: numberFlag('seed', values.seed, { min: 0, max: 0xffff_ffff, integer: true }) ?? undefined,
    shares: sharesOf(values.split),
    patients: values.patients ?? (pattern === undefined ? 'name' : 'pattern'),
    patientPattern: pattern ?? '',
    stratify: values.stratify,
    deidentify: values.deidentify ? { unreviewed: values.unreviewed } : null,
  });
  if (!options.success) {
    const { path, message } = options.error.issues[0]!;
    throw new AppError('usage', `--${path.join('.')}: ${message}`);
  }
  return {
    project: values.project,
    out: values.out,
    formats,
    dataset: asDataset ? { ...options.data, name: values.name ?? null } : null,
    key: values.key ?? null,
    processing: hasProcessing
      ? { ...(filters ?? NO_PROCESSING), fs, completeLimbLeads: values.complete }
      : null,
    correctLag: values['correct-lag'],
    query: {
      search: values.search,
      layout: values.layout,
      status: oneOf('status', values.status, pageStatus.options),
      review: values.accepted ? 'accepted' : oneOf('review', values.review, reviewState.options),
    },
    ids: values.pages === undefined || values.pages === 'all' ? null : idsOf(values.pages),
    jobs: numberFlag('jobs', values.jobs, { min: 1, max: 64, integer: true }) ?? availableParallelism(),
    overwrite: values.overwrite,
    quiet: values.quiet,
  };
}

function formatsOf(text: string): Pick<DatasetOptions, 'parts'> & { formats: ExportFormat[] } {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('everything')) {
    return {
      formats: exportFormat.options.filter((format) => format !== 'overlay'),
      parts: datasetPart.options,
    };
  }
  const formats = exportFormat.options.filter((format) => names.includes(format));
  const parts = datasetPart.options.filter((part) => names.includes(part));
  const unknown = names.find(
    (name) => !exportFormat.safeParse(name).success && !datasetPart.safeParse(name).success,
  );
  if (unknown === undefined) return { formats, parts };
  const known = [...exportFormat.options, ...datasetPart.options].join(', ');
  throw new AppError('usage', `--format takes a list of ${known}, or everything; not "${unknown}".`);
}

function sharesOf(text: string): DatasetOptions['shares'] {
  const numbers = text.split(':').map(Number);
  const [train, val, test] = numbers;
  if (numbers.length !== 3 || numbers.some((n) => !(n >= 0)) || numbers.every((n) => n === 0)) {
    throw new AppError('usage', `--split takes three shares such as 70:15:15, not "${text}".`);
  }
  return { train: train!, val: val!, test: test! };
}

/** `4,8,15..17` is 4, 8, 15, 16, 17. */
function idsOf(text: string): number[] {
  return text.split(',').flatMap((part) => {
    const [, from, to = from] = /^(\d{1,9})(?:\.\.(\d{1,9}))?$/.exec(part.trim()) ?? [];
    if (from === undefined || Number(to) < Number(from) || Number(to) - Number(from) > 100_000) {
      throw new AppError('usage', `--pages takes numbers such as 4,8,15..20, not "${part}".`);
    }
    return Array.from({ length: Number(to) - Number(from) + 1 }, (_, i) => Number(from) + i);
  });
}

function oneOf<T extends string>(
  name: string,
  value: string | undefined,
  options: readonly T[],
): T | undefined {
  if (value === undefined) return undefined;
  const found = options.find((option) => option === value);
  if (found) return found;
  throw new AppError('usage', `--${name} takes one of ${options.join(', ')}, not "${value}".`);
}
