import { fork, type ChildProcess } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { PageAnswer, PageTask } from './page-task.ts';

/** Processes that read pages beside each other. */
export interface PageReaders {
  /** Does a task as soon as a process is free, in the order of the calls. @throws Error with what went wrong in the process */
  run<T extends PageTask>(task: T): Promise<PageAnswer<T>>;
  close(): void;
}

interface Waiting {
  readonly task: PageTask;
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/** Starts so many processes; ONNX Runtime blocks the one it runs in, and a bench wants every core. */
export function openPageReaders(count: number): PageReaders {
  const waiting: Waiting[] = [];
  const free: ChildProcess[] = [];
  const next = (): void => {
    while (free.length > 0 && waiting.length > 0) give(free.pop()!, waiting.shift()!);
  };
  const give = (child: ChildProcess, { task, resolve, reject }: Waiting): void => {
    const onEnd = (code: number | null): void => reject(new Error(`A reading process ended with ${code}.`));
    child.once('exit', onEnd);
    child.once('message', (message) => {
      child.off('exit', onEnd);
      const { answer, error } = message as { answer: never; error?: string };
      if (error === undefined) resolve(answer);
      else reject(new Error(error));
      free.push(child);
      next();
    });
    child.send(task);
  };
  const children = Array.from({ length: count }, () => {
    const child = fork(fileURLToPath(new URL('./page-reader.ts', import.meta.url)), {
      serialization: 'advanced',
      execArgv: ['--single-threaded-gc'],
    });
    setPriority(child.pid!, constants.priority.PRIORITY_LOW);
    return child;
  });
  free.push(...children);
  return {
    run: (task) =>
      new Promise((resolve, reject) => {
        waiting.push({ task, resolve, reject });
        next();
      }),
    close() {
      for (const child of children) child.kill();
    },
  };
}
