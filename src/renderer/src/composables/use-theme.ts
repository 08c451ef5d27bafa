import { computed, onBeforeUnmount, ref, watch, type ComputedRef } from 'vue';
import { applyTheme } from '../services/apply-theme.ts';
import { usePreferences } from '../stores/preferences-store.ts';

const dark = globalThis.matchMedia?.('(prefers-color-scheme: dark)') ?? null;
const systemIsDark = ref(dark?.matches ?? false);

/** Applies the theme choice to the document; resolves "system" and follows its changes. Call once, in the shell. */
export function useThemeSwitch(): void {
  const preferences = usePreferences().values;
  const onChange = (event: MediaQueryListEvent): void => {
    systemIsDark.value = event.matches;
  };
  dark?.addEventListener('change', onChange);
  onBeforeUnmount(() => dark?.removeEventListener('change', onChange));
  watch(() => preferences.theme, applyTheme, { immediate: true });
}

/** The theme in force, for canvases that cannot read CSS colours. */
export function useResolvedTheme(): ComputedRef<'light' | 'dark'> {
  const preferences = usePreferences().values;
  return computed(() =>
    preferences.theme === 'system' ? (systemIsDark.value ? 'dark' : 'light') : preferences.theme,
  );
}
