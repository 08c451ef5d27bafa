import { applyTheme, CONTRAST_QUERY, THEME_CHOICES } from './services/apply-theme.ts';
import { readPreferences } from './services/preferences-file.ts';
import './styles/tokens.css';
import './styles/contrast.css';
import './styles/base.css';
import './styles/outline.css';
import './styles/controls.css';
import './styles/jobs.css';
import './styles/tip.css';

const { theme } = readPreferences();
applyTheme(THEME_CHOICES.find((choice) => choice === theme) ?? 'system', matchMedia(CONTRAST_QUERY).matches);

const start = () => import('./start-program.ts');
// The outline is on the screen before the program takes the thread; a window nobody sees draws no frames.
if (document.hidden) void start();
else requestAnimationFrame(() => setTimeout(start));
