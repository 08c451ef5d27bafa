import { availableParallelism } from 'node:os';
import type { ReadHints } from '../../formats/signal/read-hints.ts';
import { millivoltsPerUnit } from '../../formats/signal/voltage-unit.ts';
import { AppError } from '../../shared/app-error.ts';
import { IMPORT_KINDS, type ImportKind } from '../../shared/api/import-record.ts';
import { numberFlag, parseFlags } from './parse-flags.ts';

export const IMPORT_HELP = `Brings a folder of scans with their signals and masks into a project.

  npm run import -- --from <folder> --project <dir> [options]

  --from <folder>      scans, and beside or among them: signals (CSV, TSV, WFDB, EDF, MAT, NPY, NPZ, Parquet, DICOM, SCP,
                       FHIR, HL7 aECG, MUSE XML), masks (PNG, COCO, nnU-Net, Label Studio), annotations of PaperECG,
                       Kaggle's train.csv and test.csv
  --project <dir>      the project, made if need be; it must not be open in the workstation meanwhile
  --kind <kind>        auto (default) takes what it finds; what else counts as signals: pairs: all, kaggle and ecgminer:
                       tables without a clock, ecg-image-kit: WFDB records, ecgtizer: HL7 aECG and tables, paper-ecg and
                       masks: nothing
  --pairs <csv>        a table that says what belongs to what: columns "scan" and "signal"
  --columns <list>     what columns of tables stand for: ch1=I,ch2=II,t=time (ms); TITLE= leaves one out
  --leads <list>       leads of tables and arrays without titles, in their order: I,II,V1 (default: the standard order)
  --rate <Hz>          samples per second of files that do not say it (default: what makes them --seconds long)
  --unit <mV|uV>       unit of files that do not say it
  --masks <folder>     another folder, whose pictures are masks of these scans
  --preview            say what belongs to what, read it all once, and write nothing
  --digitize           digitize the pages, lay masks over them, and compare them with the known signals; without it
                       the workstation digitizes them, and masks wait for an import with it
  --seconds <N>        length of recordings whose rate nobody says, such as ECGMiner's (default 10)
  --lag <seconds>      how far apart page and known signals may lie in time (default 10)
  --align              keep known signals on the clock of their page where they lie apart and are alike (r 0.7 or more);
                       tables beside their scan stay as they are
  --jobs <N>           pages at a time (default: one per core)
  --list <N>           mismatches and pairs listed at most (default 20)
  --quiet              no progress

Scans stay where they are. Links are not followed, and names inside of files only ever lead to files of the folder.
Exit code 0: all fits. 3: there are mismatches, the rest is imported. 2: the command makes no sense. 130: stopped.
`;

/** What the command line of `import` asks for. */
export interface ImportRequest {
  readonly from: string;
  readonly project: string | null;
  readonly kind: ImportKind;
  readonly masksFrom: string | null;
  readonly pairList: string | null;
  readonly hints: ReadHints;
  readonly preview: boolean;
  readonly digitize: boolean;
  readonly seconds: number;
  readonly maxLagSeconds: number;
  readonly align: boolean;
  readonly jobs: number;
  readonly list: number;
  readonly quiet: boolean;
}

/** Reads the flags of `import`; null when help was asked for. @throws AppError `usage` */
export function parseImportFlags(args: readonly string[]): ImportRequest | null {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values, positionals } = parseFlags(args, {
    from: text,
    project: text,
    kind: { type: 'string', default: 'auto' },
    masks: text,
    pairs: text,
    columns: text,
    leads: text,
    rate: text,
    unit: text,
    preview: flag,
    digitize: flag,
    seconds: text,
    lag: text,
    align: flag,
    jobs: text,
    list: text,
    quiet: flag,
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (values.help) return null;
  if (positionals.length > 0) throw new AppError('usage', `"${positionals[0]}" is no option of import.`);
  if (!values.from) throw new AppError('usage', 'Say which folder: --from <folder>.');
  if (!values.project && !values.preview) throw new AppError('usage', 'Say which project: --project <dir>.');
  const kind = IMPORT_KINDS.find((known) => known === values.kind);
  if (!kind)
    throw new AppError('usage', `--kind takes one of ${IMPORT_KINDS.join(', ')}, not "${values.kind}".`);
  const fs = numberFlag('rate', values.rate, { min: 1, max: 100_000 }) ?? null;
  return {
    from: values.from,
    project: values.project ?? null,
    kind,
    masksFrom: values.masks ?? null,
    pairList: values.pairs ?? null,
    hints: {
      ...(values.columns === undefined ? {} : { columns: columnsFlag(values.columns) }),
      ...(values.leads === undefined
        ? {}
        : { leadNames: values.leads.split(',').map((name) => name.trim()) }),
      ...(fs === null ? {} : { fs }),
      ...(values.unit === undefined ? {} : { millivoltsPerUnit: unitFlag(values.unit) }),
    },
    preview: values.preview,
    digitize: values.digitize,
    seconds: numberFlag('seconds', values.seconds, { min: 0.5, max: 3600 }) ?? 10,
    maxLagSeconds: numberFlag('lag', values.lag, { min: 0, max: 3600 }) ?? 10,
    align: values.align,
    jobs: numberFlag('jobs', values.jobs, { min: 1, max: 64, integer: true }) ?? availableParallelism(),
    list: numberFlag('list', values.list, { min: 0, max: 100_000, integer: true }) ?? 20,
    quiet: values.quiet,
  };
}

function columnsFlag(list: string): Record<string, string> {
  return Object.fromEntries(
    list.split(',').map((entry) => {
      const at = entry.lastIndexOf('=');
      if (at < 1) throw new AppError('usage', `--columns takes TITLE=MEANING, not "${entry}".`);
      return [entry.slice(0, at).trim(), entry.slice(at + 1).trim()];
    }),
  );
}

function unitFlag(unit: string): number {
  const factor = millivoltsPerUnit(unit);
  if (factor === null) throw new AppError('usage', `--unit takes mV or uV, not "${unit}".`);
  return factor;
}
