import type { utilityProcess } from 'electron';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { FromChild, LaunchChild } from '../processes/child-link.ts';
import { describeEnd } from '../processes/describe-end.ts';

/** Starts children as Electron's utility processes: a packaged program cannot run itself as Node. */
export function utilityChildLauncher({ fork }: Pick<typeof utilityProcess, 'fork'>): LaunchChild {
  return (entry) => {
    const child = fork(fileURLToPath(entry), [], { stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = describeEnd(child.stderr as Readable | null);
    return {
      send: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', (message: FromChild) => listener(message)),
      onEnd(listener) {
        child.once('exit', (code) => void ended(`with exit code ${code}`).then(listener));
      },
      kill: () => void child.kill(),
    };
  };
}
