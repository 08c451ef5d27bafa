import type { LaunchChild } from '../processes/child-link.ts';
import { nodeChildLauncher } from '../processes/node-child-launcher.ts';
import { createProcessPool, type ProcessPool } from '../processes/process-pool.ts';
import type { PageServices } from './page-services.ts';

/** Child processes that digitize and encode pages. */
export type PageProcesses = ProcessPool<PageServices>;

export interface PageProcessesOptions {
  /** Pages at a time. */
  readonly size: number;
  /** How the host starts a process; as plain Node when absent. */
  readonly launch?: LaunchChild;
  readonly entry?: URL;
}

/** After a common page a process holds 300 MB at most; a fresh one costs half a second. */
const MAX_RESIDENT_BYTES = 600 * 1024 * 1024;

/** Opens a pool of up to `size` processes for pages; they start on demand. */
export function openPageProcesses({
  size,
  launch = nodeChildLauncher(),
  entry = new URL('./page-child.ts', import.meta.url),
}: PageProcessesOptions): PageProcesses {
  return createProcessPool<PageServices>({ size, launch, entry, maxResidentBytes: MAX_RESIDENT_BYTES });
}
