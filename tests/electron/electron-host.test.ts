import { describe, expect, test } from 'vitest';
import { runElectron, type HostedWorkstation } from '../../src/main/electron/run-electron.ts';
import { CHANNELS } from '../../src/shared/api/native-bridge.ts';
import { createElectronDouble } from './electron-double.ts';

async function start(workstation: Partial<HostedWorkstation> = {}) {
  const electron = createElectronDouble();
  await runElectron(electron.apis, {
    preload: '/opt/tracewright/out/preload/index.cjs',
    open: async () => ({
      app: async () => new Response('served'),
      scanPath: (id) => `/scans/${id}.png`,
      close: async () => void electron.log.push('closed'),
      ...workstation,
    }),
  });
  const [window] = electron.windows;
  return { ...electron, window: window!, contents: window!.webContents };
}

test('the scheme has an origin, is secure, can be fetched and streamed, and nothing more', async () => {
  const { schemes } = await start();
  expect(schemes).toEqual([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
    },
  ]);
});

test('the window is isolated and sandboxed, without Node, and shown once painted', async () => {
  const { window } = await start();
  expect(window.options['webPreferences']).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    webSecurity: true,
    nodeIntegration: false,
    webviewTag: false,
    allowRunningInsecureContent: false,
    navigateOnDragDrop: false,
  });
  expect(window.options['show']).toBe(false);
  expect(window.visible).toBe(true);
});

describe('requests', () => {
  const ask = async (url: string, headers: Record<string, string> = {}) => {
    const { served } = await start();
    return served.get('app')!(new Request(url, { headers }));
  };

  test('of our own origin are served', async () => {
    expect(await (await ask('app://tracewright/')).text()).toBe('served');
    expect((await ask('app://tracewright/', { origin: 'app://tracewright' })).status).toBe(200);
  });

  test('to another host of the scheme are misdirected', async () => {
    expect((await ask('app://elsewhere/')).status).toBe(421);
    expect((await ask('app://tracewright.evil.example/')).status).toBe(421);
  });

  test('from another origin are refused', async () => {
    expect((await ask('app://tracewright/', { origin: 'https://evil.example' })).status).toBe(403);
    expect((await ask('app://tracewright/', { origin: 'null' })).status).toBe(403);
  });
});

describe('navigation', () => {
  test.each([
    'https://evil.example/',
    'file:///etc/passwd',
    'app://elsewhere/',
    'data:text/html,x',
    'javascript:1',
  ])('to %s is denied, in the window, by redirect and in frames', async (url) => {
    const { contents, opened } = await start();
    expect(contents.navigate(url)).toBe(false);
    expect(contents.navigate(url, 'will-redirect')).toBe(false);
    expect(contents.navigate(url, 'will-frame-navigate')).toBe(false);
    expect(contents.url).toBe('app://tracewright/');
    expect(opened).toEqual([]);
  });

  test('within our own origin works (reload)', async () => {
    expect((await start()).contents.navigate('app://tracewright/')).toBe(true);
  });

  test('new windows and webviews are denied; an allowed https link opens outside', async () => {
    const { contents, opened } = await start();
    expect(contents.open('app://tracewright/')).toBe(false);
    expect(contents.open('https://evil.example/')).toBe(false);
    expect(contents.open('http://doi.org/10.1109/TBME.2003.808805')).toBe(false);
    expect(contents.open('https://someone@doi.org/')).toBe(false);
    expect(contents.open('https://doi.org.evil.example/')).toBe(false);
    expect(contents.open('https://doi.org/10.1109/TBME.2003.808805')).toBe(false);
    expect(opened).toEqual(['https://doi.org/10.1109/TBME.2003.808805']);
    expect(contents.attachWebview()).toBe(false);
  });
});

test('every permission and device is denied', async () => {
  const { permissions } = await start();
  const decisions: boolean[] = [];
  permissions.request!(null, 'media', (permitted) => decisions.push(permitted));
  permissions.request!(null, 'openExternal', (permitted) => decisions.push(permitted));
  expect(decisions).toEqual([false, false]);
  expect(permissions.check()).toBe(false);
  expect(permissions.device()).toBe(false);
});

describe('native abilities', () => {
  test('pick a folder and reveal a scan by page id', async () => {
    const { ipc, contents, revealed, dialog } = await start();
    const event = { senderFrame: contents.mainFrame };
    expect(await ipc.get(CHANNELS.pickFolder)!(event, 'Add scans')).toBe('/scans');
    dialog.answer = { canceled: true, filePaths: [] };
    expect(await ipc.get(CHANNELS.pickFolder)!(event)).toBeNull();
    await ipc.get(CHANNELS.revealPage)!(event, 7);
    expect(revealed).toEqual(['/scans/7.png']);
  });

  test('are refused to foreign frames and for paths', async () => {
    const { ipc, contents, revealed, dialogs } = await start();
    for (const senderFrame of [null, { url: 'app://tracewright/' }, { url: 'https://evil.example/' }]) {
      await expect(ipc.get(CHANNELS.pickFolder)!({ senderFrame })).rejects.toThrow(
        'Only the Tracewright window',
      );
      await expect(ipc.get(CHANNELS.revealPage)!({ senderFrame }, 7)).rejects.toThrow('Only the Tracewright');
    }
    const event = { senderFrame: contents.mainFrame };
    await expect(ipc.get(CHANNELS.revealPage)!(event, '/etc/passwd')).rejects.toThrow('by its id');
    expect([revealed, dialogs]).toEqual([[], []]);
  });

  test('menu commands reach the workstation', async () => {
    const { menu, contents } = await start();
    const items = (menu.current as { submenu?: { label?: string; click?: () => void }[] }[]).flatMap(
      ({ submenu }) => (Array.isArray(submenu) ? submenu : []),
    );
    items.find(({ label }) => label === 'Export…')!.click!();
    expect(contents.sent).toEqual([[CHANNELS.menu, 'export']]);
  });
});

describe('start and end', () => {
  test('a second instance quits and the first comes to the front', async () => {
    const second = createElectronDouble({ secondInstance: true });
    await runElectron(second.apis, { preload: '', open: () => Promise.reject(new Error('never opened')) });
    expect(second.app.hasQuit).toBe(true);
    const { app, window } = await start();
    app.emit('second-instance');
    expect(window.focused).toBe(true);
  });

  test('a project that cannot be opened is told in words', async () => {
    const electron = createElectronDouble();
    await runElectron(electron.apis, { preload: '', open: () => Promise.reject(new Error('It is in use.')) });
    expect(electron.dialog.errors).toEqual(['Tracewright cannot open the project: It is in use.']);
    expect(electron.app.hasQuit).toBe(true);
  });

  test('the project is closed before quitting', async () => {
    const { app, log } = await start();
    app.emit('window-all-closed');
    expect(app.hasQuit).toBe(false);
    await expect.poll(() => log).toEqual(['closed', 'quit']);
  });
});
