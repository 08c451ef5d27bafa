import './version-guard.js';
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { toAppError } from '../shared/app-error.ts';
import { buildElectronIfStale, buildRendererIfStale } from './start/build-if-stale.ts';
import { findOrInstallElectron } from './start/find-electron.ts';
import { parseStartFlags, START_USAGE, type StartFlags } from './start/parse-start-flags.ts';

const root = resolve(import.meta.dirname, '../..');
const say = (line: string) => console.log(line);

async function start(args: readonly string[]): Promise<number> {
  const flags = parseStartFlags(args);
  if (flags.help) {
    say(START_USAGE);
    return 0;
  }
  const electron = flags.browser || !flags.open ? null : findOrInstallElectron(root);
  return electron ? startElectron(electron, flags) : startLoopback(flags);
}

async function startElectron(executable: string, { project }: StartFlags): Promise<number> {
  if (await buildElectronIfStale(root)) say('Built Tracewright.');
  const child = spawn(executable, [root, `--project=${project}`], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((done) => child.once('exit', (code) => done(code ?? 0)));
}

async function startLoopback(flags: StartFlags): Promise<number> {
  if (flags.open && !flags.browser) {
    say('Electron is not installed here; using the system browser on 127.0.0.1 instead.');
  }
  if (await buildRendererIfStale(root)) say('Built the workstation.');
  const { serve } = await import('./serve.ts');
  const host = await serve({
    project: flags.project,
    rendererRoot: resolve(root, 'out/renderer'),
    samples: resolve(root, 'resources/samples'),
    port: flags.port,
    open: flags.open,
    say,
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void host.close());
  await host.closed;
  return 0;
}

start(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (thrown: unknown) => {
    const { code, message } = toAppError(thrown);
    console.error(message);
    process.exit(code === 'usage' ? 2 : 1);
  },
);
