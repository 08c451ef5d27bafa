import { onBeforeUnmount, onMounted } from 'vue';
import { native } from '../api/native.ts';
import { usePreferences } from '../stores/preferences-store.ts';
import { useView } from '../stores/view-store.ts';
import { useResolvedTheme } from './use-theme.ts';

/** Carries out the commands of the application menu (Electron). */
export function useNativeMenu(): void {
  const view = useView();
  const preferences = usePreferences().values;
  const theme = useResolvedTheme();
  let stop: (() => void) | undefined;
  onMounted(() => {
    stop = native?.onMenu((command) => {
      if (command === 'toggle-theme') preferences.theme = theme.value === 'dark' ? 'light' : 'dark';
      else view.dialog = command === 'shortcuts' ? 'help' : command;
    });
  });
  onBeforeUnmount(() => stop?.());
}
