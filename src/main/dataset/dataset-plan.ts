import { basename, dirname, extname, relative, sep } from 'node:path';
import { splitByPatient, type SplitName } from '../../core/dataset/split-by-patient.ts';
import { toWfdbRecordName } from '../../formats/wfdb/wfdb-record-name.ts';
import { AppError } from '../../shared/app-error.ts';
import type { DatasetOptions } from '../../shared/api/dataset-record.ts';
import type { IdentityKey } from '../deidentify/identity-key.ts';
import { commonFolder } from '../export/common-folder.ts';

/** A page that is to go into a data set. */
export interface DatasetCandidate {
  readonly id: number;
  readonly scanPath: string;
  readonly folderPath: string;
  readonly pageIndex: number;
  readonly contentHash: string;
  readonly layout: string | null;
}

/** A page with its place in the data set. */
export interface PlannedPage extends DatasetCandidate {
  /** Place in the data set, from 1; ids of COCO images and Label Studio tasks. */
  readonly number: number;
  /** Name of all its files, letters, digits, `-` and `_`. */
  readonly name: string;
  /** Path of the scan below the folder that holds all scans. */
  readonly sourcePath: string;
  readonly patient: string;
  readonly split: SplitName;
}

/**
 * Gives every page its name, patient and part. Pages are taken in the order of their paths, so that the outcome depends on
 * the scans and the options alone.
 *
 * @param key replaces names and patients by keyed hashes; null keeps them
 * @throws AppError `usage` for a pattern that is none, or that finds no patient in a path
 */
export function planDataset(
  candidates: readonly DatasetCandidate[],
  options: DatasetOptions,
  key: IdentityKey | null = null,
): PlannedPage[] {
  const root = commonFolder([...new Set(candidates.map(({ folderPath }) => folderPath))]);
  const pathOf = (page: DatasetCandidate): string => relative(root, page.scanPath).split(sep).join('/');
  const pages = candidates
    .map((page) => ({ page, sourcePath: pathOf(page) }))
    .sort((a, b) => compare(a.sourcePath, b.sourcePath) || a.page.pageIndex - b.page.pageIndex);
  const patientOf = patientRule(options);
  const items = pages.map(({ page, sourcePath }) => ({
    patient: patientOf(sourcePath),
    stratum: stratumOf(page, sourcePath, options.stratify),
  }));
  const splits = splitByPatient(items, options.shares, options.seed);
  const taken = new Set<string>();
  const planned = pages.map(({ page, sourcePath }, i) => {
    return {
      ...page,
      number: i + 1,
      name: nameOf(sourcePath, page.pageIndex, taken),
      sourcePath,
      patient: items[i]!.patient,
      split: splits[i]!,
    };
  });
  return key === null ? planned : withoutNames(planned, key);
}

/** Also in another order: numbers that follow the names would tell about them. */
function withoutNames(pages: readonly PlannedPage[], key: IdentityKey): PlannedPage[] {
  return pages
    .map((page) => {
      const name = key.pseudonym('file', `${page.sourcePath}#${page.pageIndex}`);
      return { ...page, name, sourcePath: name, patient: key.pseudonym('patient', page.patient) };
    })
    .sort((a, b) => compare(a.name, b.name))
    .map((page, i) => ({ ...page, number: i + 1 }));
}

/** `ward/a.png` becomes `ward_a`, its second page `ward_a_p2`, `12/12-0003.png` `12-0003`; what clashes gets `_2`, `_3`. */
function nameOf(sourcePath: string, pageIndex: number, taken: Set<string>): string {
  const parts = sourcePath.slice(0, sourcePath.length - extname(sourcePath).length).split('/');
  if (parts.length > 1 && parts.at(-1)!.startsWith(`${parts.at(-2)}-`)) parts.splice(-2, 1);
  const stem = parts.join('_');
  const whole = pageIndex > 0 ? `${stem}_p${pageIndex + 1}` : stem;
  let name = toWfdbRecordName(whole);
  for (let n = 2; taken.has(name.toLowerCase()); n++) name = toWfdbRecordName(`${whole}_${n}`);
  taken.add(name.toLowerCase());
  return name;
}

function patientRule({ patients, patientPattern }: DatasetOptions): (sourcePath: string) => string {
  switch (patients) {
    case 'file':
      return (path) => path;
    case 'folder':
      return (path) => dirname(path);
    case 'name':
      return patientByName;
    case 'pattern': {
      let pattern: RegExp;
      try {
        pattern = new RegExp(patientPattern);
      } catch (cause) {
        throw new AppError('usage', `"${patientPattern}" is no regular expression.`, { cause });
      }
      return (path) => {
        const match = pattern.exec(path);
        const patient = match?.[1] ?? match?.[0];
        if (patient) return patient;
        throw new AppError('usage', `The pattern "${patientPattern}" finds no patient in "${path}".`);
      };
    }
  }
}

/**
 * Patient by the usual names: `12/12-0003.png` and `12/12-0005.png` are of patient 12, `a.png` and `a_p2.png` of patient a,
 * wherever they lie. Numbers at the end of other names may count patients, so they part them.
 */
export function patientByName(sourcePath: string): string {
  const file = basename(sourcePath);
  const stem = file.slice(0, file.length - extname(file).length) || file;
  const folder = basename(dirname(sourcePath));
  if (folder !== '.' && folder !== '' && stem.startsWith(`${folder}-`)) return folder;
  return stem.replace(/[-_. ]p\d{1,2}$/i, '') || stem;
}

function stratumOf(
  { layout }: DatasetCandidate,
  sourcePath: string,
  stratify: DatasetOptions['stratify'],
): string {
  if (stratify === 'layout') return layout ?? '';
  return stratify === 'folder' ? dirname(sourcePath) : '';
}

/** By code units: the same everywhere, whatever the language of the machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
