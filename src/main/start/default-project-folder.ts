import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** What decides where a person's data lives. */
export interface Place {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

const HERE: Place = { platform: process.platform, env: process.env, home: homedir() };

/**
 * Folder of the project that opens when none is named: below the data folder the system sets aside for programs
 * (XDG base directories on Linux).
 *
 * @example
 * defaultProjectFolder() // '/home/ada/.local/share/tracewright/first-project'
 */
export function defaultProjectFolder(place: Place = HERE): string {
  return join(dataFolder(place), 'tracewright', 'first-project');
}

/** Folder of the browser profile of the loopback host's window. */
export function windowProfileFolder(place: Place = HERE): string {
  return join(dataFolder(place), 'tracewright', 'window');
}

function dataFolder({ platform, env, home }: Place): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support');
  if (platform === 'win32') return env['APPDATA'] ?? join(home, 'AppData', 'Roaming');
  const xdg = env['XDG_DATA_HOME'];
  return xdg && isAbsolute(xdg) ? xdg : join(home, '.local', 'share');
}
