import { execFile } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '../../shared/app-error.ts';

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

/**
 * Builds the renderer into `out/renderer` when it is missing or stale; tells whether it did.
 *
 * @throws AppError `internal` with what the build said
 */
export async function buildRendererIfStale(root: string): Promise<boolean> {
  const sources = ['src/renderer', 'src/shared', 'src/core', 'vite.renderer.config.ts', 'package.json'];
  if (!isStale(join(root, 'out/renderer/index.html'), absolute(root, sources))) return false;
  await run(root, ['vite/bin/vite.js', 'build', '--config', 'vite.renderer.config.ts']);
  return true;
}

/** Builds main process, preload script and renderer into `out/` when they are missing or stale, in the same way. */
export async function buildElectronIfStale(root: string): Promise<boolean> {
  const sources = ['src', 'electron.vite.config.ts', 'vite.renderer.config.ts', 'package.json'];
  if (!isStale(join(root, 'out/main/index.js'), absolute(root, sources))) return false;
  await run(root, ['electron-vite/bin/electron-vite.js', 'build']);
  return true;
}

/** In a process of its own: a bundler's memory would stay with the workstation for as long as it is open. */
async function run(root: string, [script, ...args]: [string, ...string[]]): Promise<void> {
  const program = join(root, 'node_modules', script);
  try {
    await promisify(execFile)(process.execPath, [program, ...args], { cwd: root });
  } catch (cause) {
    const { stderr, message } = cause as { stderr?: string; message: string };
    throw new AppError('internal', `The workstation could not be built.\n${stderr ?? message}`, { cause });
  }
}

function absolute(root: string, paths: readonly string[]): string[] {
  return paths.map((path) => join(root, path));
}
