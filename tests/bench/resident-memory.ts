import { readdirSync, readFileSync } from 'node:fs';

/**
 * Memory that a process and all below it hold, in MB, what they share counted once (Linux: the sum of PSS); 0 elsewhere
 * or once they have ended.
 */
export function residentMb(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    const own = Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1024;
    return own + childrenOf(pid).reduce((sum, child) => sum + residentMb(child), 0);
  } catch {
    return 0;
  }
}

function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
    const children = readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').trim();
    return children === '' ? [] : children.split(' ').map(Number);
  });
}
