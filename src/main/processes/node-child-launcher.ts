import { fork } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FromChild, LaunchChild } from './child-link.ts';
import { describeEnd } from './describe-end.ts';
import { keepMemory } from './keep-memory.ts';

export interface NodeChildOptions {
  /** Bound of the JavaScript heap; pixels and signals lie outside of it. Beyond, the process ends with the reason. */
  readonly maxHeapMb?: number;
}

/**
 * A child has its core to itself and no other: collecting garbage in threads of its own only takes from its siblings.
 * What runs once per page, between a dozen collections, stays compiled. And nearly all of a page's memory are typed arrays
 * outside of the heap: a small nursery is as quick as the 128 MB it grows to by itself. Code that replaces a running loop is
 * thrown away with the next collection and was compiled anew for every page; asked for late, the whole function is compiled
 * first, and that code stays.
 */
const ONE_CORE = [
  '--single-threaded-gc',
  '--no-flush-bytecode',
  '--max-semi-space-size=4',
  '--invocation-count-for-osr=4000',
];

/** Starts children of plain Node, 0.2 s each until they can work. */
export function nodeChildLauncher({ maxHeapMb = 512 }: NodeChildOptions = {}): LaunchChild {
  return (entry) => {
    const child = fork(fileURLToPath(entry), {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [`--max-old-space-size=${maxHeapMb}`, ...ONE_CORE],
      env: {
        ...keepMemory(process.env),
        NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? join(tmpdir(), 'node-compile-cache'),
      },
    });
    const ended = describeEnd(child.stderr);
    return {
      // The process may have ended since; its end is told by itself.
      send: (message) => void child.send(message, () => {}),
      onMessage: (listener) => void child.on('message', (message) => listener(message as FromChild)),
      onEnd(listener) {
        child.on('error', ({ message }) => {
          if (child.pid === undefined) listener(message);
        });
        child.once('exit', (code, signal) => {
          void ended(signal ? `by ${signal}` : `with exit code ${code}`).then(listener);
        });
      },
      kill: () => void child.kill('SIGKILL'),
    };
  };
}
