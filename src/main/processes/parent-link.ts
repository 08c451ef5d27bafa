import type { FromChild, ToChild } from './child-link.ts';
import { endWithParent } from './end-with-parent.ts';

/** The child's end of what ties it to its parent. */
export interface ParentLink {
  send(message: FromChild): void;
  onMessage(listener: (message: ToChild) => void): void;
}

/** What Electron gives its utility processes. */
interface ElectronParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

/**
 * Connects a child process with the parent that launched it, in either host. Without the parent the process ends.
 *
 * @throws Error where this process has no such parent
 */
export function openParentLink(): ParentLink {
  // Chromium itself ends utility processes whose parent is gone.
  const { parentPort } = process as { readonly parentPort?: ElectronParentPort };
  if (parentPort) {
    return {
      send: (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on('message', ({ data }) => listener(data as ToChild)),
    };
  }
  if (!process.send) throw new Error('This module is the entry of a child process.');
  endWithParent();
  return {
    // Where the parent is gone, so is the reason to send.
    send: (message) => void process.send!(message, undefined, undefined, () => {}),
    onMessage: (listener) => void process.on('message', (message) => listener(message as ToChild)),
  };
}
