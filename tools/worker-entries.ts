import { dirname, resolve } from 'node:path';
import type { Plugin } from 'vite';

const WORKER_URL = /new URL\('(\.{1,2}\/[^']+)\.ts', import\.meta\.url\)/g;

/**
 * Vite plugin for the main process: every `new URL('./x.ts', import.meta.url)` names the entry of a thread or child
 * process. Each is built as an entry of its own beside the file that names it, and the name follows it to `.js`.
 */
export function workerEntries(): Plugin {
  return {
    name: 'tracewright:worker-entries',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('.ts') || !code.includes('import.meta.url')) return null;
      return code.replace(WORKER_URL, (_match, path: string) => {
        this.emitFile({ type: 'chunk', id: resolve(dirname(id), `${path}.ts`), preserveSignature: 'strict' });
        return `new URL('${path}.js', import.meta.url)`;
      });
    },
  };
}
