import './version-guard.js';
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { toAppError } from '../shared/app-error.ts';
import { buildElectronIfStale, buildRendererIfStale } from './start/build-if-stale.ts';
import { findOrInstallElectron } from './start/find-electron.ts';
import { parseStartFlags, START_USAGE, type StartFlags } from './start/parse-start-flags.ts';
import { useThriftyAllocator } from './thrifty-allocator.ts';

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
  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => (asked = child.kill(signal)));
  }
  // Ended by a signal nobody sent from here, it crashed: shells tell that as 128 and the signal's number.
  return new Promise((done) =>
    child.once('exit', (code, signal) => done(code ?? (asked ? 0 : 128 + constants.signals[signal!]))),
  );
}

async function startLoopback(flags: StartFlags): Promise<number> {
  // Before anything is said: what follows runs in the process that takes this one's place.
  useThriftyAllocator();
  if (flags.open && !flags.browser) {
    say('Electron is not installed here; the workstation is served on 127.0.0.1 instead.');
  }
  if (await buildRendererIfStale(root)) say('Built the workstation.');
  // Heard from now on: the address is said while the project still opens.
  const asked = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => asked.resolve());
  const { serve } = await import('./serve.ts');
  const host = await serve({
    project: flags.project,
    rendererRoot: resolve(root, 'out/renderer'),
    samples: resolve(root, 'resources/samples'),
    port: flags.port,
    open: flags.open,
    say,
  });
  void asked.promise.then(() => host.close());
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
