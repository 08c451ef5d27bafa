import { EventEmitter } from 'node:events';
import type { ElectronApis } from '../../src/main/electron/run-electron.ts';

type Decide = (permitted: boolean) => void;

/** A preventable event, as Electron hands to `will-navigate` and `before-quit`. */
export class PreventableEvent {
  readonly url: string;
  defaultPrevented = false;

  constructor(url = '') {
    this.url = url;
  }

  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

class FrameDouble {
  private readonly contents: { readonly url: string };

  constructor(contents: { readonly url: string }) {
    this.contents = contents;
  }

  get url(): string {
    return this.contents.url;
  }
}

/** Web contents with the navigation rules of the real ones: an event that is not prevented changes the address. */
export class WebContentsDouble extends EventEmitter {
  url = '';
  readonly sent: unknown[][] = [];
  readonly mainFrame = new FrameDouble(this);
  private openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }

  send(...message: unknown[]): void {
    this.sent.push(message);
  }

  /** What a page does by `location = url`. */
  navigate(
    url: string,
    kind: 'will-navigate' | 'will-redirect' | 'will-frame-navigate' = 'will-navigate',
  ): boolean {
    const event = new PreventableEvent(url);
    this.emit(kind, event);
    if (!event.defaultPrevented) this.url = url;
    return !event.defaultPrevented;
  }

  /** What a page does by `window.open(url)`; the result tells whether a window came. */
  open(url: string): boolean {
    return this.openHandler({ url }).action === 'allow';
  }

  attachWebview(): boolean {
    const event = new PreventableEvent();
    this.emit('will-attach-webview', event);
    return !event.defaultPrevented;
  }
}

class AppDouble extends EventEmitter {
  readonly isPackaged = true;
  ready = false;
  hasQuit = false;
  private readonly secondInstance: boolean;
  private readonly log: string[];

  constructor(secondInstance: boolean, log: string[]) {
    super();
    this.secondInstance = secondInstance;
    this.log = log;
  }

  requestSingleInstanceLock(): boolean {
    return !this.secondInstance;
  }

  async whenReady(): Promise<void> {
    await Promise.resolve();
    this.ready = true;
  }

  quit(): void {
    const event = new PreventableEvent();
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    this.hasQuit = true;
    this.log.push('quit');
  }
}

/** The few Electron APIs the host uses, with the real ones' order rules: misuse throws as it would there. */
export function createElectronDouble(options: { readonly secondInstance?: boolean } = {}) {
  const log: string[] = [];
  const app = new AppDouble(options.secondInstance ?? false, log);
  const schemes: unknown[] = [];
  const served = new Map<string, (request: Request) => Promise<Response>>();
  const protocol = {
    registerSchemesAsPrivileged(list: unknown[]) {
      if (app.ready)
        throw new Error('protocol.registerSchemesAsPrivileged must be called before app is ready');
      schemes.push(...list);
    },
    handle(scheme: string, handler: (request: Request) => Promise<Response>) {
      if (!app.ready) throw new Error('protocol.handle needs app to be ready');
      served.set(scheme, handler);
    },
  };
  const permissions = {
    request: null as null | ((c: null, p: string, decide: Decide) => void),
    check: () => true,
    device: () => true,
  };
  const session = {
    defaultSession: {
      setPermissionRequestHandler: (handler: typeof permissions.request) => (permissions.request = handler),
      setPermissionCheckHandler: (handler: () => boolean) => (permissions.check = handler),
      setDevicePermissionHandler: (handler: () => boolean) => (permissions.device = handler),
    },
  };
  const opened: string[] = [];
  const revealed: string[] = [];
  const shell = {
    openExternal: async (url: string) => void opened.push(url),
    showItemInFolder: (path: string) => void revealed.push(path),
  };
  const dialogs: unknown[] = [];
  const dialog = {
    answer: { canceled: false, filePaths: ['/scans'] },
    errors: [] as string[],
    async showOpenDialog(_window: unknown, asked: unknown) {
      dialogs.push(asked);
      return this.answer;
    },
    showErrorBox(title: string, text: string) {
      this.errors.push(`${title}: ${text}`);
    },
  };
  const ipc = new Map<string, (event: unknown, ...args: unknown[]) => unknown>();
  const ipcMain = {
    handle: (channel: string, handler: (event: unknown, ...args: unknown[]) => unknown) =>
      ipc.set(channel, handler),
  };
  const windows: WindowDouble[] = [];

  class WindowDouble extends EventEmitter {
    readonly webContents = new WebContentsDouble();
    readonly options: Record<string, unknown>;
    visible = false;
    focused = false;

    constructor(given: Record<string, unknown>) {
      if (!app.ready) throw new Error('Cannot create BrowserWindow before app is ready');
      super();
      this.options = given;
      this.visible = given['show'] !== false;
      windows.push(this);
      app.emit('web-contents-created', {}, this.webContents);
    }

    async loadURL(url: string) {
      const { protocol: scheme } = new URL(url);
      const handler = served.get(scheme.slice(0, -1));
      if (!handler) throw new Error(`ERR_UNKNOWN_URL_SCHEME (-302) loading '${url}'`);
      this.webContents.url = url;
      await handler(new Request(url));
      this.emit('ready-to-show');
    }

    show() {
      this.visible = true;
    }
    isMinimized() {
      return false;
    }
    focus() {
      this.focused = true;
    }
  }
  const menu = { current: null as unknown };
  const Menu = {
    buildFromTemplate: (template: unknown) => template,
    setApplicationMenu: (built: unknown) => (menu.current = built),
  };
  const apis = { app, protocol, session, shell, dialog, ipcMain, Menu, BrowserWindow: WindowDouble };
  return {
    apis: apis as unknown as ElectronApis,
    app,
    schemes,
    served,
    permissions,
    opened,
    revealed,
    dialog,
    dialogs,
    ipc,
    windows,
    menu,
    log,
  };
}
