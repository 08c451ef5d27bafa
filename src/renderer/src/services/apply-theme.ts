/** `contrast` is the high-contrast theme, light or dark as the system is. */
export const THEME_CHOICES = ['system', 'light', 'dark', 'contrast'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];

/**
 * Shows the document in the chosen theme; the style sheets know what the system's is.
 *
 * @param wantsContrast whether the system asks for more contrast, which holds with every choice
 */
export function applyTheme(choice: ThemeChoice, wantsContrast: boolean): void {
  const { dataset } = document.documentElement;
  if (choice === 'light' || choice === 'dark') dataset.theme = choice;
  else delete dataset.theme;
  if (choice === 'contrast' || wantsContrast) dataset.contrast = 'more';
  else delete dataset.contrast;
}

/** What the system asks for: more contrast, or its own few colours. */
export const CONTRAST_QUERY = '(prefers-contrast: more), (forced-colors: active)';
