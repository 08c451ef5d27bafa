import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const INSTALL_TIMEOUT_MS = 20_000;

/** Path of Electron's executable below `root/node_modules`, or null when its download has not happened. */
export function findElectron(root: string): string | null {
  const folder = join(root, 'node_modules/electron');
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const executable = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(executable) ? executable : null;
}

/**
 * Finds Electron, trying its own installer once per version when the executable is missing. Where that did not work (no
 * network), later starts do not wait for it again.
 */
export function findOrInstallElectron(root: string): string | null {
  const found = findElectron(root);
  const installer = join(root, 'node_modules/electron/install.js');
  if (found || !existsSync(installer)) return found;
  const { version } = JSON.parse(readFileSync(join(dirname(installer), 'package.json'), 'utf8')) as {
    version: string;
  };
  const tried = join(root, 'node_modules/.cache/tracewright', `electron-${version}-tried`);
  if (existsSync(tried)) return null;
  mkdirSync(dirname(tried), { recursive: true });
  writeFileSync(tried, '');
  spawnSync(process.execPath, [installer], { stdio: 'ignore', timeout: INSTALL_TIMEOUT_MS });
  return findElectron(root);
}
