import vue from '@vitejs/plugin-vue';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const root = import.meta.dirname;

/** The renderer alone: what both hosts serve. `electron.vite.config.ts` builds the same thing beside the main process. */
export default defineConfig({
  root: resolve(root, 'src/renderer'),
  plugins: [vue()],
  build: {
    outDir: resolve(root, 'out/renderer'),
    emptyOutDir: true,
    target: 'chrome140',
    // The content security policy allows data: only for images; everything else must be a file.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // Loaded from this machine, so one larger file is quicker than several.
    chunkSizeWarningLimit: 2000,
  },
  worker: { format: 'es' },
});
