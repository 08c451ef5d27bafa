/**
 * What the Electron window can do beyond the web: `window.tracewright`, put there by the preload script. It is absent
 * in the loopback host, where the `browse` route stands in for the folder dialog.
 */
export interface NativeBridge {
  /** Shows the system's folder dialog; resolves to the absolute path, or null when it was dismissed. */
  pickFolder(options?: { readonly title?: string }): Promise<string | null>;
  /** Absolute paths of files and folders dropped on the window; entries without a path are left out. */
  droppedPaths(files: readonly File[]): string[];
  /** Shows the scan a page came from in the system's file manager. */
  revealPage(pageId: number): Promise<void>;
  /** Calls back when a menu command is chosen; returns the function that stops it. */
  onMenu(listener: (command: MenuCommand) => void): () => void;
}

/** Commands of the application menu that the workstation carries out. */
export const MENU_COMMANDS = ['add-folder', 'export', 'models', 'toggle-theme', 'shortcuts'] as const;
export type MenuCommand = (typeof MENU_COMMANDS)[number];

/** Names of the messages between preload script and main process: everything the window can ask natively. */
export const CHANNELS = {
  pickFolder: 'tracewright:pick-folder',
  revealPage: 'tracewright:reveal-page',
  menu: 'tracewright:menu',
} as const;
