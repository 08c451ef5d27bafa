import type { ExportFormat } from '../../shared/api/routes.ts';
import { SIGNAL_FORMATS } from '../../shared/signal-formats.ts';

/** Ends of the names of a format's files. */
export function outputSuffixes(format: ExportFormat): readonly string[] {
  if (format === 'json') return ['.json'];
  if (format === 'overlay') return ['.overlay.png'];
  return SIGNAL_FORMATS.find(({ id }) => id === format)!.suffixes;
}

/** WFDB is strict about names: its files are called after the record, all others after the scan. */
export function isNamedAfterRecord(suffix: string): boolean {
  return suffix === '.hea' || suffix === '.dat';
}
