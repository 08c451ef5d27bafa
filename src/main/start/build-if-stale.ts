import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether `product` is missing or older than anything below `sources`.
 *
 * @param sources files or folders; ones that do not exist (a packaged program has no sources) are no reason to build
 */
export function isStale(product: string, sources: readonly string[]): boolean {
  const present = sources.filter((source) => existsSync(source));
  if (!existsSync(product)) return true;
  const builtAt = statSync(product).mtimeMs;
  return present.some((source) => newestMtime(source) > builtAt);
}

function newestMtime(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  // A folder's own time changes when a file in it goes away.
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestMtime(join(path, name))));
}

/** Builds the renderer into `out/renderer` when it is missing or stale; tells whether it did. */
export async function buildRendererIfStale(root: string): Promise<boolean> {
  const sources = ['src/renderer', 'src/shared', 'src/core', 'vite.renderer.config.ts', 'package.json'];
  if (!isStale(join(root, 'out/renderer/index.html'), absolute(root, sources))) return false;
  const { build } = await import('vite');
  await build({ configFile: join(root, 'vite.renderer.config.ts'), logLevel: 'warn' });
  return true;
}

/** Builds main process, preload script and renderer into `out/` when they are missing or stale; tells whether it did. */
export async function buildElectronIfStale(root: string): Promise<boolean> {
  const sources = ['src', 'electron.vite.config.ts', 'vite.renderer.config.ts', 'package.json'];
  if (!isStale(join(root, 'out/main/index.js'), absolute(root, sources))) return false;
  const { build } = await import('electron-vite');
  await build({ root, configFile: join(root, 'electron.vite.config.ts'), logLevel: 'warn' });
  return true;
}

function absolute(root: string, paths: readonly string[]): string[] {
  return paths.map((path) => join(root, path));
}
