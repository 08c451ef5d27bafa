import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A browser window started for Tracewright alone. */
export interface BrowserWindow {
  /** Resolves when the window has been closed. */
  readonly closed: Promise<void>;
  close(): void;
}

/**
 * Opens `url` as an app window of the browser at `executable`, with a profile of its own that lasts as long as the
 * window: nothing of the person's browser (extensions, sessions) meets the scans.
 */
export function openBrowser(executable: string, url: string): BrowserWindow {
  const profile = mkdtempSync(join(tmpdir(), 'tracewright-window-'));
  const child = spawn(executable, browserArguments({ url, profile, isRoot: process.getuid?.() === 0 }), {
    stdio: 'ignore',
  });
  const closed = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  }).then(() => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }));
  return { closed, close: () => void child.kill() };
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
