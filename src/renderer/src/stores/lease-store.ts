import { defineStore } from 'pinia';
import { ref } from 'vue';
import { call } from '../api/client.ts';
import { apiUrl } from '../api/api-url.ts';
import { windowId } from '../services/window-id.ts';

/** How often a window in sight says that it is there, milliseconds. */
const BEAT_MS = 4000;

/** Whether this window is the one that corrects the project. */
export const useLease = defineStore('lease', () => {
  /** Null until the project has said so. */
  const mine = ref<boolean | null>(null);

  async function ask(take = false): Promise<void> {
    mine.value = (await call('lease', { window: windowId, take })).mine;
  }

  /** The project tells which window corrects. */
  function heard(holder: string | null): void {
    if (holder === null) void ask().catch(() => undefined);
    else mine.value = holder === windowId;
  }

  /** Asks again and again while the window is in sight; returns the function that ends it. */
  function start(): () => void {
    const beat = (): void => {
      // A lost server is told of elsewhere.
      if (document.visibilityState === 'visible') void ask().catch(() => undefined);
    };
    const leave = (): void => {
      const body = JSON.stringify({ window: windowId, leave: true });
      navigator.sendBeacon(apiUrl('lease', {}), new Blob([body], { type: 'application/json' }));
    };
    const timer = setInterval(beat, BEAT_MS);
    window.addEventListener('pagehide', leave);
    document.addEventListener('visibilitychange', beat);
    beat();
    return () => {
      clearInterval(timer);
      window.removeEventListener('pagehide', leave);
      document.removeEventListener('visibilitychange', beat);
    };
  }

  return { mine, ask, heard, start };
});
