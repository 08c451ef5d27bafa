import type { LaunchChild } from '../processes/child-link.ts';
import { nodeChildLauncher } from '../processes/node-child-launcher.ts';
import { createProcessPool, type ProcessPool } from '../processes/process-pool.ts';
import type { LearnServices } from './learn-services.ts';

/** The process in which models learn, started with the first task: one at a time, and nothing is held between them. */
export function openLearnProcess(launch: LaunchChild = nodeChildLauncher()): ProcessPool<LearnServices> {
  return createProcessPool<LearnServices>({
    entry: new URL('./learn-child.ts', import.meta.url),
    launch,
    size: 1,
    idleMs: 1000,
  });
}
