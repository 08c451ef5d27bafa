import type { EcgSignal } from '../signal/ecg-signal.ts';
import { fixed4, plainCell, secondsDecimals } from './write-wide-text.ts';

/**
 * Writes a recording as CSV in the long form that statistics programs like: `lead,sample,time_s,millivolts`, a row for
 * each sample that is seen, lead after lead.
 */
export function writeLongCsv({ fs, leads, startSeconds }: EcgSignal): string {
  const decimals = secondsDecimals(fs);
  const lines = ['lead,sample,time_s,millivolts'];
  for (const { name, millivolts } of leads) {
    const lead = plainCell(name);
    for (let i = 0; i < millivolts.length; i++) {
      const value = fixed4(millivolts[i]!);
      if (value !== '') lines.push(`${lead},${i},${(startSeconds + i / fs).toFixed(decimals)},${value}`);
    }
  }
  return lines.join('\n') + '\n';
}
