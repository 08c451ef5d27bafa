import { Worker } from 'node:worker_threads';

/** Runs beside the main thread, which may be caught in a page; plain JavaScript, as a thread of its own compiles it. */
const WATCH = `
const { workerData: parent } = require('node:worker_threads');
const isGone = () => {
  if (process.ppid !== parent) return true;
  try {
    process.kill(parent, 0);
  } catch (error) {
    return error.code === 'ESRCH';
  }
  return false;
};
setInterval(() => isGone() && process.kill(process.pid, 'SIGKILL'), 1000);
`;

/**
 * Lets this process, started by Node's `fork`, live no longer than its parent: it ends at once when it is idle, within
 * two seconds when it computes. A Ctrl+C in the terminal, which reaches both, is left to the parent. 10 MB.
 */
export function endWithParent(): void {
  process.on('disconnect', () => process.exit());
  process.on('SIGINT', () => {});
  const watch = new Worker(WATCH, {
    eval: true,
    workerData: process.ppid,
    resourceLimits: {
      maxOldGenerationSizeMb: 8,
      maxYoungGenerationSizeMb: 1,
      codeRangeSizeMb: 4,
      stackSizeMb: 1,
    },
  });
  watch.unref();
}
