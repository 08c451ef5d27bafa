import { availableParallelism } from 'node:os';
import { ECG_KINDS } from '../../core/synthesis/ecg/random-ecg.ts';
import { SYNTH_PRESETS } from '../../core/synthesis/random-page/synth-preset.ts';
import { AppError } from '../../shared/app-error.ts';
import type { SynthRecipe } from '../synth/synth-task.ts';
import { numberFlag, parseFlags } from './parse-flags.ts';
import { choiceFlag } from './range-flag.ts';
import { parseWishes, WISH_FLAGS, WISHES_HELP } from './wish-flags.ts';

export const SYNTH_HELP = `Draws ECG pages with everything that is true of them: pictures to train, test and compare with.

  npm run synth -- --out <dir> [--records <dir>] [--count N] [--seed S] [--preset <kind>] [options]

  --out <dir>          where pages go
  --records <dir>      print the WFDB records under this folder; "model" (default) prints a simulated heart
  --count N            pages (default: one per record; 10 of the model); records are printed again when there are fewer
  --seed S             the same seed draws the same pages, whatever --jobs and --count (default 1)
  --preset <kind>      ${SYNTH_PRESETS.join(', ')} (default mixed)
  --heart <kind>       of the model: any (default), ${ECG_KINDS.join(', ')}
  --start <seconds>    where in the records to begin (default 0)
  --format <ending>    auto (default: jpg for pages with JPEG artefacts, else png), png, jpg
  --no-masks           write no NAME.mask.png
  --mask-unplotted     the WFDB copy holds only what is printed
  --jobs N             pages at a time (default: one per core)
  --overwrite          draw pages again that are there already, replace files of other runs
  --quiet              no progress

What a page is like is drawn at random within its preset. These options fix parts of it; a RANGE is a number, or two
with dots between (2..8) of which every page draws its own; a CHANCE is yes, no or a probability from 0 to 1.

${WISHES_HELP}
Of every page come NAME.png or .jpg, NAME.csv, NAME.json, NAME.mask.png, NAME.hea with NAME.dat; docs/formats.md and
docs/synthesis.md describe them. Pages that are there already are kept, so that a stopped run goes on where it ended.
Exit code 0: all drawn. 3: some pages failed. 2: the command makes no sense. 130: stopped.
`;

/** What the command line of `synth` asks for. */
export interface SynthRequest {
  readonly out: string;
  /** Folder of WFDB records; null for the model. */
  readonly records: string | null;
  /** Null for one page per record, or ten of the model. */
  readonly count: number | null;
  readonly recipe: SynthRecipe;
  readonly jobs: number;
  readonly overwrite: boolean;
  readonly quiet: boolean;
}

/** Reads the flags of `synth`; null when help was asked for. @throws AppError `usage` */
export function parseSynthFlags(args: readonly string[]): SynthRequest | null {
  const { values, positionals } = parseFlags(args, {
    out: { type: 'string', short: 'o' },
    records: { type: 'string', default: 'model' },
    count: { type: 'string' },
    seed: { type: 'string' },
    preset: { type: 'string', default: 'mixed' },
    heart: { type: 'string', default: 'any' },
    start: { type: 'string' },
    format: { type: 'string', default: 'auto' },
    'no-masks': { type: 'boolean', default: false },
    'mask-unplotted': { type: 'boolean', default: false },
    jobs: { type: 'string' },
    overwrite: { type: 'boolean', default: false },
    quiet: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
    ...WISH_FLAGS,
  });
  if (values.help) return null;
  if (positionals.length > 0)
    throw new AppError('usage', `synth does not know what "${positionals[0]}" means.`);
  if (!values.out) throw new AppError('usage', 'Say where pages go: --out <dir>.');
  return {
    out: values.out,
    records: values.records === 'model' ? null : values.records,
    count: numberFlag('count', values.count, { min: 1, max: 10_000_000, integer: true }),
    recipe: {
      seed: numberFlag('seed', values.seed, { min: 0, max: 2 ** 32 - 1, integer: true }) ?? 1,
      preset: choiceFlag('preset', values.preset, SYNTH_PRESETS) ?? 'mixed',
      heart: choiceFlag('heart', values.heart, ['any', ...ECG_KINDS]) ?? 'any',
      startSeconds: numberFlag('start', values.start, { min: 0, max: 1e6 }) ?? 0,
      format: choiceFlag('format', values.format, ['auto', 'png', 'jpg']) ?? 'auto',
      masks: !values['no-masks'],
      maskUnplotted: values['mask-unplotted'],
      wishes: parseWishes(values),
    },
    jobs: numberFlag('jobs', values.jobs, { min: 1, max: 64, integer: true }) ?? availableParallelism(),
    overwrite: values.overwrite,
    quiet: values.quiet,
  };
}
