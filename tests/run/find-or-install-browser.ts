import { spawnSync } from 'node:child_process';
import { findBrowser } from '../../src/main/loopback/find-browser.ts';

const APT_TIMEOUT_MS = 8 * 60_000;

/** A Chromium for the end-to-end tests, installed with apt-get where we are root and it is missing; or null. */
export function findOrInstallBrowser(): string | null {
  const found = findBrowser();
  if (found || process.getuid?.() !== 0 || !hasAptGet()) return found;
  console.log('Installing Chromium for the end-to-end tests (apt-get).');
  const options = {
    stdio: 'ignore',
    timeout: APT_TIMEOUT_MS,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  } as const;
  spawnSync('apt-get', ['update', '-q'], options);
  spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], options);
  return findBrowser();
}

function hasAptGet(): boolean {
  return spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;
}
