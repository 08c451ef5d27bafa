import type Electron from 'electron';
import { CHANNELS } from '../../shared/api/native-bridge.ts';
import type { App } from '../api/create-app.ts';
import { menuTemplate } from './application-menu.ts';
import { APP_SCHEME } from './app-scheme.ts';
import { createWindow } from './create-window.ts';
import { guardAppScheme } from './guard-app-scheme.ts';
import { denyPermissions, lockNavigation } from './lock-down.ts';
import { handleNative } from './native-handlers.ts';

/** The parts of Electron the host uses. */
export type ElectronApis = Pick<
  typeof Electron,
  'app' | 'protocol' | 'session' | 'shell' | 'dialog' | 'ipcMain' | 'Menu' | 'BrowserWindow'
>;

/** An opened project as the host needs it. */
export interface HostedWorkstation {
  readonly app: App;
  scanPath(pageId: number): string | Promise<string>;
  close(): Promise<void>;
}

export interface ElectronHostOptions {
  /** Absolute path of the built preload script. */
  readonly preload: string;
  open(): Promise<HostedWorkstation>;
}

/**
 * Runs the Electron host: scheme, lock-down, window, menu, native abilities; closes the project before quitting.
 * Must be called before Electron is ready, as schemes can only be registered then.
 */
export async function runElectron(electron: ElectronApis, options: ElectronHostOptions): Promise<void> {
  const { app, protocol, session, shell } = electron;
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  protocol.registerSchemesAsPrivileged([APP_SCHEME]);
  lockNavigation(app, shell);
  await app.whenReady();
  denyPermissions(session.defaultSession);

  const workstation = await options.open().catch((error: Error) => {
    electron.dialog.showErrorBox('Tracewright cannot open the project', error.message);
    return null;
  });
  if (!workstation) {
    app.quit();
    return;
  }
  protocol.handle('app', guardAppScheme(workstation.app));
  closeBeforeQuit(app, workstation);
  await openWindow(electron, options, workstation);
}

async function openWindow(
  electron: ElectronApis,
  options: ElectronHostOptions,
  { scanPath }: HostedWorkstation,
): Promise<void> {
  const { app, dialog, ipcMain, shell, Menu, BrowserWindow } = electron;
  const window = await createWindow(BrowserWindow, options.preload);
  handleNative({ ipcMain, dialog, shell, window, scanPath });
  const template = menuTemplate((command) => window.webContents.send(CHANNELS.menu, command), {
    isMac: process.platform === 'darwin',
    isPackaged: app.isPackaged,
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('window-all-closed', () => app.quit());
}

/** Holds the first quit until running pages are put back in the queue and the database is closed. */
function closeBeforeQuit(app: Electron.App, workstation: HostedWorkstation): void {
  let closed = false;
  app.on('before-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void workstation.close().finally(() => {
      closed = true;
      app.quit();
    });
  });
}
