import type { KnownSignalTask } from './known-signal-task.ts';
import { stemOf } from './name-finder.ts';
import type { ScanPair } from './pair-scans.ts';
import type { ImportPlan } from './plan-import.ts';

/** How the signals of a pair are read. @param seconds length of recordings whose rate nobody says */
export function signalTask(plan: ImportPlan, pair: ScanPair, seconds: number): Omit<KnownSignalTask, 'to'> {
  const { path, kind } = pair.signal;
  const fs = plan.rates.get(stemOf(path));
  return {
    root: plan.walked.root,
    path,
    hints: { ...plan.hints, ...(fs === undefined ? {} : { fs }), seconds },
    printed: kind === 'wfdb' ? (plan.imageKits.get(pair.scan) ?? null) : null,
    part: pair.part,
  };
}
