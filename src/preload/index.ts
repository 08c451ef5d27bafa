import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { CHANNELS, MENU_COMMANDS, type MenuCommand, type NativeBridge } from '../shared/api/native-bridge.ts';

const bridge: NativeBridge = {
  pickFolder: (options) => ipcRenderer.invoke(CHANNELS.pickFolder, options?.title) as Promise<string | null>,
  droppedPaths: (files) => files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== ''),
  revealPage: (pageId) => ipcRenderer.invoke(CHANNELS.revealPage, pageId) as Promise<void>,
  onMenu(listener) {
    const relay = (_event: unknown, command: MenuCommand) => {
      if (MENU_COMMANDS.includes(command)) listener(command);
    };
    ipcRenderer.on(CHANNELS.menu, relay);
    return () => void ipcRenderer.off(CHANNELS.menu, relay);
  },
};

contextBridge.exposeInMainWorld('tracewright', bridge);
