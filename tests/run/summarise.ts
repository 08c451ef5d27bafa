import { relative } from 'node:path';

/** The parts of vitest's JSON report that are read. */
export interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** What to print after the run, and whether it went well. */
export interface Summary {
  readonly lines: readonly string[];
  readonly ok: boolean;
}

/**
 * Counts a run from what vitest wrote: every test, and every file that fell over before its tests as one failure. The
 * last line is `N passed, N failed`, with `, N skipped` behind it when some were. No report at all is a failure.
 */
export function summarise(report: VitestReport | null, root: string): Summary {
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  const lines: string[] = [];
  for (const file of report?.testResults ?? []) {
    const count = (...statuses: string[]) =>
      file.assertionResults.filter(({ status }) => statuses.includes(status)).length;
    const skippedHere = count('skipped', 'pending', 'todo', 'disabled');
    const failedHere = count('failed');
    const fellOver = file.status === 'failed' && failedHere === 0;
    passed += count('passed');
    failed += failedHere + (fellOver ? 1 : 0);
    skipped += skippedHere;
    const name = relative(root, file.name);
    if (skippedHere > 0) lines.push(`skipped: ${skippedHere} in ${name}`);
    if (failedHere > 0 || fellOver) lines.push(`failed: ${Math.max(1, failedHere)} in ${name}`);
  }
  if (passed + failed + skipped === 0) {
    failed = 1;
    lines.push('failed: no test ran');
  }
  lines.push(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return { lines, ok: failed === 0 };
}
