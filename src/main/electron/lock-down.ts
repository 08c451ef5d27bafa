import type { App, Session, Shell, WebContents } from 'electron';
import { APP_ORIGIN } from './app-scheme.ts';
import { isAllowedExternal } from './external-links.ts';

/** Denies every permission and device of a session: the workstation asks for none. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

/**
 * Holds every window, frame and future web contents on our own origin: no foreign navigation, no new windows, no
 * webviews. Links to allowed https sites open in the person's browser instead.
 */
export function lockNavigation(app: App, shell: Shell): void {
  app.on('web-contents-created', (_event, contents) => lockContents(contents, shell));
}

function lockContents(contents: WebContents, shell: Shell): void {
  const openOutside = (address: string) => {
    if (isAllowedExternal(address)) void shell.openExternal(address);
  };
  contents.on('will-navigate', (event) => {
    if (isOurs(event.url)) return;
    event.preventDefault();
    openOutside(event.url);
  });
  contents.on('will-frame-navigate', (event) => {
    if (!isOurs(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!isOurs(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url);
    return { action: 'deny' };
  });
}

function isOurs(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && `${url.protocol}//${url.host}` === APP_ORIGIN;
}
