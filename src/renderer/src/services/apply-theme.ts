export type ThemeChoice = 'system' | 'light' | 'dark';

/** Shows the document in the chosen theme; the style sheets know what the system's is. */
export function applyTheme(choice: ThemeChoice): void {
  if (choice === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
}
