import * as electron from 'electron';
import { join } from 'node:path';
import { utilityChildLauncher } from './electron/utility-child-launcher.ts';
import { runElectron } from './electron/run-electron.ts';
import { parseStartFlags } from './start/parse-start-flags.ts';
import { openWorkstation } from './workstation.ts';

const out = join(import.meta.dirname, '..');
// Scans are read as files, which they are not inside a packaged program's archive.
const files = electron.app.isPackaged ? process.resourcesPath : join(out, '..');
// Chromium's own switches share the command line, so only ours is read.
const { project } = parseStartFlags(process.argv.filter((arg) => arg.startsWith('--project=')));

void runElectron(electron, {
  preload: join(out, 'preload/index.cjs'),
  open: () =>
    openWorkstation({
      project,
      rendererRoot: join(out, 'renderer'),
      samples: join(files, 'resources/samples'),
      models: join(files, 'models'),
      host: 'electron',
      launch: utilityChildLauncher(electron.utilityProcess),
    }),
});
