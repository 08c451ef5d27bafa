import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { Folder } from '../../../shared/api/routes.ts';
import { call, type CallOutput } from '../api/client.ts';

/** The open project, its scan folders and whether the server answers. */
export const useProject = defineStore('project', () => {
  const project = shallowRef<CallOutput<'project'> | null>(null);
  const folders = shallowRef<readonly Folder[]>([]);
  const connected = ref(true);
  /** False until the stream was up once: the first connection is no news. */
  const everConnected = ref(false);

  async function load(): Promise<void> {
    const [info, list] = await Promise.all([call('project', {}), call('folders', {})]);
    project.value = info;
    folders.value = list;
  }

  async function loadFolders(): Promise<void> {
    folders.value = await call('folders', {});
  }

  async function addFolder(path: string, watch: boolean): Promise<Folder> {
    const folder = await call('addFolder', { path, watch });
    await loadFolders();
    return folder;
  }

  async function removeFolder(id: number): Promise<void> {
    await call('removeFolder', { id });
    await loadFolders();
  }

  function setConnected(up: boolean): void {
    connected.value = up;
    if (up) everConnected.value = true;
  }

  return {
    project,
    folders,
    connected,
    everConnected,
    load,
    loadFolders,
    addFolder,
    removeFolder,
    setConnected,
  };
});
