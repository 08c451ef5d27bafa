import type { App } from './api/create-app.ts';
import { findBrowser } from './loopback/find-browser.ts';
import { listenLoopback } from './loopback/listen-loopback.ts';
import { openBrowser } from './loopback/open-browser.ts';
import { windowProfileFolder } from './start/default-project-folder.ts';

export interface ServeOptions {
  /** Absolute path of the project folder. */
  readonly project: string;
  /** Folder of the built renderer. */
  readonly rendererRoot: string;
  /** Scans a project starts with when it is made; null for none. */
  readonly samples: string | null;
  /** 0 lets the system pick one. */
  readonly port: number;
  /** Whether to open a browser window where there is a display. */
  readonly open: boolean;
  /** Where to tell what happens, line by line. */
  readonly say: (line: string) => void;
}

/** The running loopback host. */
export interface LoopbackHost {
  /** Address that admits one browser, once. */
  readonly entryUrl: string;
  /** Resolves when everything has been closed, by `close` or because the window was. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a project and serves the workstation on 127.0.0.1 to one window of the system's Chromium; with no display or
 * no such browser the address is said instead, for the person to open.
 *
 * @throws AppError `locked` when the project is open elsewhere or the port is taken; `storage`, `unreadable`
 */
export async function serve(options: ServeOptions): Promise<LoopbackHost> {
  const { project, rendererRoot, samples, say } = options;
  // The window starts while the project opens: its first requests wait.
  const opened = Promise.withResolvers<App>();
  opened.promise.catch(() => {});
  const server = await listenLoopback(async (request) => (await opened.promise)(request), {
    port: options.port,
  });
  const browser = options.open ? usableBrowser(say) : null;
  if (!browser) say(`Open this address, it works once: ${server.entryUrl}`);
  const window = browser ? openBrowser(browser, server.entryUrl, windowProfileFolder()) : null;
  const { openWorkstation } = await import('./workstation.ts');
  const workstation = await openWorkstation({ project, rendererRoot, samples, host: 'loopback' }).catch(
    async (error: unknown) => {
      opened.reject(error);
      window?.close();
      await server.close();
      throw error;
    },
  );
  opened.resolve(workstation.app);

  let closing: Promise<void> | null = null;
  const closed = Promise.withResolvers<void>();
  const close = () =>
    (closing ??= (async () => {
      window?.close();
      await server.close();
      await workstation.close();
      await window?.closed;
      closed.resolve();
    })());
  void window?.closed.then(close);
  return { entryUrl: server.entryUrl, closed: closed.promise, close };
}

function usableBrowser(say: (line: string) => void): string | null {
  const hasDisplay =
    process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
  if (!hasDisplay) {
    say('There is no display, so no window is opened.');
    return null;
  }
  const browser = findBrowser();
  if (!browser) say('No Chromium, Chrome or Edge was found.');
  return browser;
}
