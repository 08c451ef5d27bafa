import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A browser window started for Tracewright alone. */
export interface BrowserWindow {
  /** Resolves when the window has been closed. */
  readonly closed: Promise<void>;
  close(): void;
}

/**
 * Opens `url` as an app window of the browser at `executable`, in a profile of its own: nothing of the person's browser
 * (extensions, sessions) meets the scans.
 *
 * @param profileFolder where the profile lives, so that the window's preferences last; while another window uses it, a
 * temporary one stands in
 */
export function openBrowser(executable: string, url: string, profileFolder: string): BrowserWindow {
  const temporary = isInUse(profileFolder) ? mkdtempSync(join(tmpdir(), 'tracewright-window-')) : null;
  const profile = temporary ?? profileFolder;
  mkdirSync(profile, { recursive: true });
  const child = spawn(executable, browserArguments({ url, profile, isRoot: process.getuid?.() === 0 }), {
    stdio: 'ignore',
  });
  const closed = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  }).then(() => {
    if (temporary) rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
  });
  return { closed, close: () => void child.kill() };
}

/** Chromium marks a profile in use by a link named SingletonLock to "host-pid". */
function isInUse(profileFolder: string): boolean {
  try {
    const pid = Number(readlinkSync(join(profileFolder, 'SingletonLock')).split('-').at(-1));
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Command line of the app window; the sandbox is given up only where Chromium refuses to start with it (root). */
export function browserArguments(options: {
  readonly url: string;
  readonly profile: string;
  readonly isRoot: boolean;
}): string[] {
  return [
    `--app=${options.url}`,
    `--user-data-dir=${options.profile}`,
    '--window-size=1440,900',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-sync',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-extensions',
    '--password-store=basic',
    ...(options.isRoot ? ['--no-sandbox'] : []),
  ];
}
