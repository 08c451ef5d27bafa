import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
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
 * Builds the renderer into `out/renderer` when it is missing or stale; tells whether it did. The folder is replaced as a
 * whole once the build is complete: whoever serves it meanwhile never sees half of one.
 * With TRACEWRIGHT_BUILT in the environment someone has seen to it already (the test runner) and nothing is built.
 *
 * @throws AppError `internal` with what the build said
 */
export async function buildRendererIfStale(root: string): Promise<boolean> {
  if (process.env['TRACEWRIGHT_BUILT']) return false;
  const sources = ['src/renderer', 'src/shared', 'src/core', 'vite.renderer.config.ts', 'package.json'];
  if (!isStale(join(root, 'out/renderer/index.html'), absolute(root, sources))) return false;
  mkdirSync(join(root, 'out'), { recursive: true });
  const folder = mkdtempSync(join(root, 'out/building-'));
  try {
    const fresh = join(folder, 'fresh');
    await run(root, ['vite/bin/vite.js', 'build', '--config', 'vite.renderer.config.ts', '--outDir', fresh]);
    replaceFolder(join(root, 'out/renderer'), fresh, join(folder, 'former'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return true;
}

/** Puts `fresh` in the place of `folder`, whose former content goes to `former`; another process may do the same. */
export function replaceFolder(folder: string, fresh: string, former: string): void {
  try {
    renameSync(folder, former);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  try {
    renameSync(fresh, folder);
  } catch (error) {
    // Built elsewhere at the same time: what is there now is just as new.
    if (!existsSync(folder)) throw error;
  }
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
