import { fork as forkNode } from 'node:child_process';
import { EventEmitter } from 'node:events';

/** Gives a Node process what Electron's utility processes have instead of `process.send`. */
const PARENT_PORT = `
const { send } = process;
process.parentPort = {
  postMessage: (message) => send.call(process, message),
  on: (event, listener) => process.on(event, (data) => listener({ data })),
};
delete process.send;
`;

class UtilityProcessDouble extends EventEmitter {
  readonly stderr: NodeJS.ReadableStream | null;
  private readonly child;

  constructor(path: string, stdio: readonly string[]) {
    super();
    if (stdio[0] !== 'ignore') throw new TypeError('stdin of a utility process can only be ignored');
    this.child = forkNode(path, {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: ['--import', `data:text/javascript,${encodeURIComponent(PARENT_PORT)}`],
    });
    this.stderr = this.child.stderr;
    this.child.on('message', (message) => this.emit('message', message));
    // Electron tells no signal, only a number.
    this.child.on('exit', (code) => this.emit('exit', code ?? 15));
  }

  postMessage(message: unknown): void {
    this.child.send(message as object, () => {});
  }

  kill(): boolean {
    return this.child.kill();
  }
}

/** `utilityProcess` of Electron, with processes of Node behind it. */
export const utilityProcessDouble = {
  fork: (path: string, _args: readonly string[], { stdio }: { stdio: readonly string[] }) =>
    new UtilityProcessDouble(path, stdio),
};
