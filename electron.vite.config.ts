import { defineConfig } from 'electron-vite';
import { resolve } from 'node:path';
import { workerEntries } from './tools/worker-entries.ts';
import renderer from './vite.renderer.config.ts';

const root = import.meta.dirname;

export default defineConfig({
  main: {
    plugins: [workerEntries()],
    build: {
      outDir: 'out/main',
      externalizeDeps: true,
      rollupOptions: {
        input: { index: resolve(root, 'src/main/index.ts') },
        // One file per module keeps the addresses of threads, relative to the file that names them, true.
        output: { format: 'es', preserveModules: true, preserveModulesRoot: resolve(root, 'src/main') },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rollupOptions: {
        input: { index: resolve(root, 'src/preload/index.ts') },
        // A sandboxed preload script is read as CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer,
});
