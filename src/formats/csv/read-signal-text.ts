import { AppError } from '../../shared/app-error.ts';
import { checkSize, type EcgSignal } from '../signal/ecg-signal.ts';
import type { ReadHints } from '../signal/read-hints.ts';
import { columnsOf } from './column-name.ts';
import { readDelimitedText } from './delimited-text.ts';
import { cellNumber, signalOfTable } from './raw-table.ts';
import { readBareTable } from './read-bare-table.ts';
import { isLongForm, readLongTable } from './read-long-table.ts';
import { readWideTable } from './read-wide-table.ts';

/**
 * Reads a table of text as a recording: CSV, TSV or separated otherwise (see `readDelimitedText`), wide (a column per
 * lead) or long (a row per lead and sample), with or without a header. Without a time column the rate comes from a
 * comment such as `# fs: 500`, from `hints` or is assumed; what was assumed is remarked.
 *
 * @throws AppError `corrupt` naming the line, `unsupported` for several recordings in one table, `too-large`
 */
export function readSignalText(bytes: Uint8Array, hints: ReadHints = {}): EcgSignal {
  const text = readDelimitedText(bytes);
  if (text.rows.length === 0) throw new AppError('corrupt', 'The text holds no row of numbers.');
  checkSize(1, text.rows.length * text.rows[0]!.length);
  const stated = /\b(?:fs|sampl\w*[ _]?(?:rate|frequency))\W+(\d+(?:\.\d+)?)/i.exec(text.comments.join('\n'));
  const known = stated ? { ...hints, fs: Number(stated[1]) } : hints;
  const columns = text.header && columnsOf(text.header, known, text.units);
  const table = !columns
    ? readBareTable(text, known)
    : isLongForm(columns)
      ? readLongTable(text, columns)
      : readWideTable(
          {
            titles: text.header!,
            rows: text.rows.length,
            value: (row, column) => cellNumber(text, row, column),
          },
          columns,
        );
  return signalOfTable(table, known);
}
