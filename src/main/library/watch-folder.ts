import { watch } from 'chokidar';
import { basename } from 'node:path';
import { hasScanExtension } from './scan-extensions.ts';

/** Several changes within this time are told as one. */
const QUIET_MS = 300;
/** While changes keep coming they are told this often. */
const LATEST_MS = 2000;

/**
 * Watches a folder and all below it for scans that come, change or go.
 *
 * @param skip - folders whose changes are our own
 * @param onChange - called once things have been quiet for 0.3 s, and every 2 s while they are not
 * @param onError - called when watching ends for a reason in words, e.g. too many folders for the system
 * @returns a function that ends watching
 */
export function watchFolder(
  root: string,
  options: {
    readonly skip: readonly string[];
    readonly onChange: () => void;
    readonly onError: (cause: unknown) => void;
  },
): () => Promise<void> {
  let timer: NodeJS.Timeout | null = null;
  let since = 0;
  const changed = (): void => {
    const now = performance.now();
    if (timer) clearTimeout(timer);
    else since = now;
    const wait = Math.max(0, Math.min(QUIET_MS, since + LATEST_MS - now));
    timer = setTimeout(() => {
      timer = null;
      options.onChange();
    }, wait);
  };
  const watcher = watch(root, {
    ignoreInitial: true,
    followSymlinks: false,
    ignorePermissionErrors: true,
    ignored: (path, stats) => {
      if (path === root) return false;
      const name = basename(path);
      if (name.startsWith('.') || options.skip.includes(path)) return true;
      return stats?.isFile() === true && (!hasScanExtension(name) || name.endsWith('.overlay.png'));
    },
  });
  watcher.on('all', changed);
  watcher.on('error', options.onError);
  return async () => {
    if (timer) clearTimeout(timer);
    await watcher.close();
  };
}
