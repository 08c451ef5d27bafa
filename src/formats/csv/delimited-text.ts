import { AppError } from '../../shared/app-error.ts';

/** Text in rows and columns. */
export interface DelimitedText {
  /** Names of the columns; null when the first row is numbers already. */
  readonly header: readonly string[] | null;
  /** The row below the header where it holds units; null where it does not. */
  readonly units: readonly string[] | null;
  /** Line number, from 1, of each row. */
  readonly lineNumbers: readonly number[];
  readonly rows: readonly (readonly string[])[];
  /** Lines that begin with `#` or `%`, without it. */
  readonly comments: readonly string[];
  /** Whether numbers have a decimal comma. */
  readonly decimalComma: boolean;
}

/** Longest text that is taken apart. */
const MAX_BYTES = 400 * 2 ** 20;

/**
 * Takes text apart: separated by tabs, semicolons, commas or spaces, whichever its first row has; UTF-8 or, with a byte
 * order mark, UTF-16; cells quoted once or twice; comments before and between.
 *
 * @throws AppError `corrupt` when a row has another number of cells than the first, `too-large`
 */
export function readDelimitedText(bytes: Uint8Array): DelimitedText {
  if (bytes.length > MAX_BYTES) {
    throw new AppError('too-large', `A text of ${bytes.length} bytes is not read: at most ${MAX_BYTES} are.`);
  }
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  const lines = new TextDecoder(encoding).decode(bytes).split(/\r\n|\n|\r/);
  const comments: string[] = [];
  const lineNumbers: number[] = [];
  const cells: string[][] = [];
  let split: ((line: string) => string[]) | null = null;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    if (/^\s*[#%]/.test(line)) {
      comments.push(line.replace(/^\s*[#%]+\s*/, ''));
      continue;
    }
    split ??= splitterFor(line);
    const row = split(line);
    if (cells.length > 0 && row.length !== cells[0]!.length) {
      throw new AppError(
        'corrupt',
        `Line ${index + 1} of the text has ${row.length} values where the first row has ${cells[0]!.length}.`,
      );
    }
    cells.push(row);
    lineNumbers.push(index + 1);
  }
  const first = cells[0] ?? [];
  const hasHeader = first.some((cell) => cell !== '' && !isNumber(cell));
  const second = hasHeader ? (cells[1] ?? []) : [];
  // `rdsamp` of WFDB writes `'hh:mm:ss.mmm','mV','mV'` below the names.
  const hasUnits =
    second.some((cell) => cell !== '') && second.every((cell) => cell === '' || !isNumber(cell));
  const heads = (hasHeader ? 1 : 0) + (hasUnits ? 1 : 0);
  const rows = cells.slice(heads);
  return {
    header: hasHeader ? first : null,
    units: hasUnits ? second : null,
    lineNumbers: lineNumbers.slice(heads),
    rows,
    comments,
    decimalComma: rows.slice(0, 50).some((row) => row.some((cell) => /^-?\d*,\d+$/.test(cell))),
  };
}

function isNumber(cell: string): boolean {
  return cell.toLowerCase() === 'nan' || !Number.isNaN(Number(cell.replace(',', '.')));
}

function splitterFor(line: string): (line: string) => string[] {
  const separator = ['\t', ';', ','].find((candidate) => line.includes(candidate));
  if (!separator) return (text) => text.trim().split(/\s+/).map(unquoted);
  const quoted = new RegExp(`("(?:[^"]|"")*"|[^${separator}]*)(${separator}|$)`, 'y');
  return (text) => {
    if (!text.includes('"')) return text.split(separator).map(unquoted);
    const cells: string[] = [];
    quoted.lastIndex = 0;
    for (;;) {
      const match = quoted.exec(text);
      // What is quoted wrongly is split as it stands.
      if (!match) return text.split(separator).map(unquoted);
      cells.push(unquoted(match[1]!));
      if (match[2] === '') return cells;
    }
  };
}

function unquoted(cell: string): string {
  const text = cell.trim();
  if (/^'.*'$/s.test(text)) return text.slice(1, -1);
  return /^".*"$/s.test(text) ? text.slice(1, -1).replace(/""/g, '"') : text;
}
