import { AppError } from '../../shared/app-error.ts';
import type { EcgLead } from './ecg-signal.ts';
import { millivoltsPerUnit } from './voltage-unit.ts';

/** A channel of a file that may hold anything a monitor measures. */
export interface Channel {
  readonly name: string;
  readonly unit: string;
  /** Samples per second. */
  readonly fs: number;
  /** In `unit`. */
  readonly values: Float32Array;
}

/**
 * The channels that are voltages, in millivolts, at the rate that most of them have (of equals, the highest). What is
 * left out is remarked.
 *
 * @throws AppError `corrupt` when no channel is a voltage
 */
export function voltageLeads(channels: readonly Channel[]): {
  fs: number;
  leads: EcgLead[];
  remarks: string[];
} {
  const remarks: string[] = [];
  const voltages = channels.filter(({ name, unit }) => {
    const known = millivoltsPerUnit(unit) !== null;
    if (!known) remarks.push(`${name} is left out: its unit "${unit}" is no voltage.`);
    return known;
  });
  const votes = new Map<number, number>();
  for (const { fs } of voltages) votes.set(fs, (votes.get(fs) ?? 0) + 1);
  const fs = [...votes].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0];
  if (fs === undefined) throw new AppError('corrupt', 'No channel of this file is a voltage.');
  const leads: EcgLead[] = [];
  for (const channel of voltages) {
    if (channel.fs !== fs) {
      remarks.push(`${channel.name} is left out: it has ${channel.fs} samples per second, the others ${fs}.`);
      continue;
    }
    const factor = millivoltsPerUnit(channel.unit)!;
    const millivolts = factor === 1 ? channel.values : channel.values.map((value) => value * factor);
    leads.push({ name: channel.name, millivolts });
  }
  return { fs, leads, remarks };
}
