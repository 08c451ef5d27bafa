import { computed, onBeforeUnmount, ref, watch, type ComputedRef } from 'vue';
import { applyTheme, CONTRAST_QUERY } from '../services/apply-theme.ts';
import { usePreferences } from '../stores/preferences-store.ts';

const dark = globalThis.matchMedia?.('(prefers-color-scheme: dark)') ?? null;
const systemIsDark = ref(dark?.matches ?? false);
const contrast = globalThis.matchMedia?.(CONTRAST_QUERY) ?? null;
const systemWantsContrast = ref(contrast?.matches ?? false);

/** Applies the theme choice to the document; resolves "system" and follows its changes. Call once, in the shell. */
export function useThemeSwitch(): void {
  const preferences = usePreferences().values;
  const onChange = (event: MediaQueryListEvent): void => {
    systemIsDark.value = event.matches;
  };
  const onContrast = (event: MediaQueryListEvent): void => {
    systemWantsContrast.value = event.matches;
  };
  dark?.addEventListener('change', onChange);
  contrast?.addEventListener('change', onContrast);
  onBeforeUnmount(() => {
    dark?.removeEventListener('change', onChange);
    contrast?.removeEventListener('change', onContrast);
  });
  watch([() => preferences.theme, systemWantsContrast], ([theme, more]) => applyTheme(theme, more), {
    immediate: true,
  });
}

/** The theme in force, for canvases that cannot read CSS colours. */
export function useResolvedTheme(): ComputedRef<'light' | 'dark'> {
  const preferences = usePreferences().values;
  return computed(() => {
    const { theme } = preferences;
    if (theme === 'light' || theme === 'dark') return theme;
    return systemIsDark.value ? 'dark' : 'light';
  });
}

/** Whether much contrast is asked for, for canvases that cannot read CSS colours. */
export function useHighContrast(): ComputedRef<boolean> {
  const preferences = usePreferences().values;
  return computed(() => preferences.theme === 'contrast' || systemWantsContrast.value);
}
