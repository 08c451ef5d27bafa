import { AppError } from '../../shared/app-error.ts';
import { isLeadName, type LeadName } from '../../shared/lead-name.ts';

/**
 * Lists of the competition "PhysioNet: Digitization of ECG Images"
 * (https://www.kaggle.com/competitions/physionet-ecg-image-digitization/data): `train.csv` has a row per record, with its rate
 * and length; `test.csv` one per record and lead, with the number of rows that a submission has to give.
 */
export interface KaggleRecord {
  readonly id: string;
  readonly fs: number;
}

export interface KaggleTarget extends KaggleRecord {
  readonly lead: LeadName;
  readonly rows: number;
}

/** Reads `train.csv`. @throws AppError `corrupt` naming the line */
export function readKaggleTrain(text: string): KaggleRecord[] {
  return rowsOf(text, 'train.csv', ['id', 'fs']).map(([id, fs], i) => {
    return { id: id!, fs: positive(fs!, 'train.csv', i) };
  });
}

/** Reads `test.csv`. @throws AppError `corrupt` naming the line */
export function readKaggleTest(text: string): KaggleTarget[] {
  return rowsOf(text, 'test.csv', ['id', 'lead', 'fs', 'number_of_rows']).map(([id, lead, fs, rows], i) => {
    if (!isLeadName(lead!))
      throw new AppError('corrupt', `Line ${i + 2} of test.csv names no lead: "${lead}".`);
    return { id: id!, lead, fs: positive(fs!, 'test.csv', i), rows: positive(rows!, 'test.csv', i) };
  });
}

/**
 * Kinds of pictures by the number at the end of their names, `<id>-0005.png`; as people who explored the data describe them.
 */
export const KAGGLE_IMAGE_KINDS: Readonly<Record<string, string>> = {
  '0001': 'drawn',
  '0003': 'colour print, colour scan',
  '0004': 'colour print, black-and-white scan',
  '0005': 'photo of a print',
  '0006': 'photo of a screen',
  '0009': 'photo of a stained print',
  '0010': 'photo of a damaged print',
  '0011': 'mould, colour scan',
  '0012': 'mould, black-and-white scan',
};

function rowsOf(text: string, file: string, names: readonly string[]): string[][] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line !== '');
  const header = (lines[0] ?? '').split(',').map((name) => name.trim());
  const places = names.map((name) => header.indexOf(name));
  const missing = names.find((_, i) => places[i]! < 0);
  if (missing !== undefined) throw new AppError('corrupt', `${file} has no column ${missing}.`);
  return lines.slice(1).map((line, i) => {
    const cells = line.split(',');
    if (cells.length !== header.length) {
      throw new AppError(
        'corrupt',
        `Line ${i + 2} of ${file} has ${cells.length} values, not ${header.length}.`,
      );
    }
    return places.map((place) => cells[place]!.trim());
  });
}

function positive(text: string, file: string, index: number): number {
  const value = Number(text);
  if (value > 0 && value <= 10_000_000) return value;
  throw new AppError(
    'corrupt',
    `Line ${index + 2} of ${file} holds "${text}" where a number above 0 is expected.`,
  );
}
