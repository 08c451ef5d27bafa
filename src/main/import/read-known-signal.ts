import { posix } from 'node:path';
import type { LeadTable } from '../../core/metrics/lead-table.ts';
import { readSignal } from '../../formats/read-signal.ts';
import type { EcgSignal } from '../../formats/signal/ecg-signal.ts';
import { tableFromSignal } from '../../formats/signal/lead-table-signal.ts';
import type { ReadHints } from '../../formats/signal/read-hints.ts';
import { AppError } from '../../shared/app-error.ts';
import { readListed, readListedSync } from './walk-folder.ts';

/** What helps to read signals that do not say everything themselves. */
export interface KnownSignalHints extends ReadHints {
  /** Length of recordings whose rate nobody says, seconds. */
  readonly seconds: number;
}

/** Signals as they were read. */
export interface KnownSignal {
  readonly table: LeadTable;
  /** What had to be assumed or left out, in words. */
  readonly remarks: readonly string[];
}

const MOST_BYTES = 256 * 1024 * 1024;
/** No ECG: the rate of a recording that does not say its own. */
const UNSTATED_HZ = 1;

/**
 * Reads the standard leads of a recording below `root`, of any kind of `SIGNAL_READERS`. Files that a header names are looked
 * for beside it, nowhere else.
 *
 * @throws AppError `corrupt`, `unsupported`, `too-large`, `forbidden`, `unreadable`, `not-found`
 */
export async function readKnownSignal(
  root: string,
  path: string,
  { seconds, ...hints }: KnownSignalHints,
): Promise<KnownSignal> {
  const bytes = await readListed(root, path, { most: MOST_BYTES });
  const signal = withRate(
    readSignal(bytes, posix.basename(path), {
      ...hints,
      fs: hints.fs ?? UNSTATED_HZ,
      readFile: (fileName) => {
        return readListedSync(root, posix.join(posix.dirname(path), fileName), { most: MOST_BYTES });
      },
    }),
    seconds,
  );
  const whole = tableFromSignal(signal);
  const leads = [...whole.leads].filter(([, values]) => values.some((value) => !Number.isNaN(value)));
  if (leads.length === 0) {
    throw new AppError('unsupported', `"${posix.basename(path)}" has no signal named after a standard lead.`);
  }
  return { table: { ...whole, leads: new Map(leads) }, remarks: signal.remarks };
}

function withRate(signal: EcgSignal, seconds: number): EcgSignal {
  if (signal.fs !== UNSTATED_HZ) return signal;
  const fs = signal.leads[0]!.millivolts.length / seconds;
  const remark = `Nothing states the rate; a length of ${seconds} s is assumed.`;
  return { ...signal, fs, remarks: [...signal.remarks, remark] };
}
