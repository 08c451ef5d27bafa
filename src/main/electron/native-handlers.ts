import type { BrowserWindow, Dialog, IpcMain, IpcMainInvokeEvent, Shell } from 'electron';
import { AppError } from '../../shared/app-error.ts';
import { CHANNELS } from '../../shared/api/native-bridge.ts';
import { APP_ORIGIN } from './app-scheme.ts';

export interface NativeHandlerOptions {
  readonly ipcMain: IpcMain;
  readonly dialog: Dialog;
  readonly shell: Shell;
  readonly window: BrowserWindow;
  /** Absolute path of the scan a page came from. */
  scanPath(pageId: number): string | Promise<string>;
}

/**
 * Answers the window's native requests. Each comes with the frame that sent it: only the top frame of our own origin is
 * heard, and a scan is named by page id, so the window can never reveal or open a path of its choosing.
 */
export function handleNative({ ipcMain, dialog, shell, window, scanPath }: NativeHandlerOptions): void {
  ipcMain.handle(CHANNELS.pickFolder, async (event, title: unknown) => {
    requireOurFrame(event, window);
    const choice = await dialog.showOpenDialog(window, {
      title: typeof title === 'string' ? title.slice(0, 100) : 'Choose a folder',
      properties: ['openDirectory', 'createDirectory'],
    });
    return choice.canceled ? null : (choice.filePaths[0] ?? null);
  });
  ipcMain.handle(CHANNELS.revealPage, async (event, pageId: unknown) => {
    requireOurFrame(event, window);
    if (!Number.isSafeInteger(pageId)) throw new AppError('usage', 'A page is named by its id.');
    shell.showItemInFolder(await scanPath(pageId as number));
  });
}

function requireOurFrame(event: IpcMainInvokeEvent, window: BrowserWindow): void {
  const frame = event.senderFrame;
  if (!frame || frame !== window.webContents.mainFrame || !frame.url.startsWith(`${APP_ORIGIN}/`)) {
    throw new AppError('forbidden', 'Only the Tracewright window may ask this.');
  }
}
