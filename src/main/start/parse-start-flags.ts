import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '../../shared/app-error.ts';
import { defaultProjectFolder } from './default-project-folder.ts';

/** How the workstation is to be opened. */
export interface StartFlags {
  /** Absolute path of the project folder. */
  readonly project: string;
  /** Port of the loopback host; 0 lets the system pick one. */
  readonly port: number;
  /** Whether to open a window; otherwise the address is printed. */
  readonly open: boolean;
  /** Use the system's browser even where Electron is there. */
  readonly browser: boolean;
  readonly help: boolean;
}

export const START_USAGE = `Usage: npm start -- [options]

  --project <folder>  open this project (made when it does not exist)
  --port <number>     port of the loopback host (default: any free one)
  --browser           use the system's Chromium even where Electron is installed
  --no-open           open no window; print the address instead
  --help              show this text`;

/** Reads the command line of `npm start`. @throws AppError `usage` naming what is wrong */
export function parseStartFlags(args: readonly string[]): StartFlags {
  const { values } = parse(args);
  const port = Number(values.port ?? '0');
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new AppError('usage', `--port must be a number from 0 to 65535, not "${values.port}".`);
  }
  return {
    project: values.project ? resolve(values.project) : defaultProjectFolder(),
    port,
    open: !values['no-open'],
    browser: values.browser ?? false,
    help: values.help ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        project: { type: 'string' },
        port: { type: 'string' },
        browser: { type: 'boolean' },
        'no-open': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (cause) {
    throw new AppError('usage', `${(cause as Error).message}\n\n${START_USAGE}`, { cause });
  }
}
