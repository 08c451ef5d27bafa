import type { ChildLink, FromChild, LaunchChild } from './child-link.ts';
import type { Services } from './serve-parent.ts';
import { TaskStopped } from './task-stopped.ts';

type Task<S extends Services, K extends keyof S> = Parameters<S[K]>[0];
type News<S extends Services, K extends keyof S> = Parameters<Parameters<S[K]>[1]>[0];

export interface RunOptions<News = unknown> {
  /** Ends the task, and the process it runs in. */
  readonly signal?: AbortSignal;
  /** Longest time for the task once a process works on it, milliseconds. */
  readonly limitMs?: number;
  readonly onNews?: (news: News) => void;
}

/** Child processes that offer the same services; each does one task at a time. */
export interface ProcessPool<S extends Services> {
  /**
   * Runs a task in the next free process; more processes are started up to the size of the pool.
   *
   * @throws TaskStopped
   */
  run<K extends keyof S & string>(
    service: K,
    task: Task<S, K>,
    options?: RunOptions<News<S, K>>,
  ): Promise<Awaited<ReturnType<S[K]>>>;
  /** Starts one process ahead of the first task. */
  warm(): void;
  /** Ends all processes; what runs or waits is stopped. */
  close(): Promise<void>;
}

export interface ProcessPoolOptions {
  /** Entry module of the children. */
  readonly entry: URL;
  readonly launch: LaunchChild;
  /** Processes at most. */
  readonly size: number;
  /** How long a process without work is kept, milliseconds. */
  readonly idleMs?: number;
  /** A process that holds more after a task is replaced by a fresh one. */
  readonly maxResidentBytes?: number;
}

interface Job {
  readonly id: number;
  readonly service: string;
  readonly task: unknown;
  readonly limitMs: number | undefined;
  readonly onNews: ((news: never) => void) | undefined;
  readonly settle: (result: { readonly value: unknown } | TaskStopped) => void;
}

interface Child {
  readonly link: ChildLink;
  ready: boolean;
  job: Job | null;
  /** Ends the process when it takes too long to start or to do its job, or was idle for long. */
  timer: NodeJS.Timeout | undefined;
}

/** Longest time until a process is ready, on a machine however busy. */
const START_LIMIT_MS = 60_000;
/** So many processes in a row that end before they are ready are enough to give up. */
const MOST_STARTS = 3;

/** Opens a pool of child processes, none of which is started yet. A process that ends is replaced when it is needed. */
export function createProcessPool<S extends Services>(options: ProcessPoolOptions): ProcessPool<S> {
  const { entry, launch, size, idleMs = 30_000, maxResidentBytes = Infinity } = options;
  const children = new Set<Child>();
  /** Of all processes that have not ended, those that were told to among them. */
  const ends = new Set<Promise<void>>();
  const waiting: Job[] = [];
  let lastId = 0;
  /** Processes in a row that ended before they were ready. */
  let deadStarts = 0;
  let closed = false;

  const kill = (child: Child): void => {
    clearTimeout(child.timer);
    children.delete(child);
    child.link.kill();
  };
  const stop = (child: Child, why: TaskStopped): void => {
    const { job } = child;
    child.job = null;
    kill(child);
    job?.settle(why);
    dispatch();
  };
  const rest = (child: Child): void => {
    child.job = null;
    clearTimeout(child.timer);
    child.timer = setTimeout(() => kill(child), idleMs);
    dispatch();
  };

  const receive = (child: Child, message: FromChild): void => {
    if (!children.has(child)) return;
    if (message.kind === 'ready') {
      child.ready = true;
      deadStarts = 0;
      rest(child);
      return;
    }
    const { job } = child;
    if (job?.id !== message.id) return;
    if (message.kind === 'news') {
      job.onNews?.(message.news as never);
      return;
    }
    if (message.kind === 'threw') job.settle(new TaskStopped('threw', message.message));
    else job.settle({ value: message.value });
    if (message.kind === 'done' && message.residentBytes > maxResidentBytes) {
      kill(child);
      dispatch();
    } else rest(child);
  };

  const ended = (child: Child, reason: string, isDead: boolean): void => {
    if (!children.has(child)) return;
    if (child.ready) {
      stop(child, new TaskStopped('died', reason));
      return;
    }
    kill(child);
    // Where others work, they get to what waits.
    if (children.size > 0) return;
    // One that was killed on the way, by whomever, says nothing about the next.
    if (isDead && ++deadStarts < MOST_STARTS) return dispatch();
    deadStarts = 0;
    const why = `The program could not start a process of its own: ${reason}`;
    for (const job of waiting.splice(0)) job.settle(new TaskStopped('not-started', why));
  };

  const start = (): void => {
    const link = launch(entry);
    const child: Child = { link, ready: false, job: null, timer: undefined };
    children.add(child);
    child.timer = setTimeout(() => ended(child, 'it was not ready after a minute', false), START_LIMIT_MS);
    link.onMessage((message) => receive(child, message));
    const end = new Promise<void>((resolve) => {
      link.onEnd((reason) => {
        resolve();
        ends.delete(end);
        ended(child, reason, true);
      });
    });
    ends.add(end);
  };

  const give = (child: Child, job: Job): void => {
    clearTimeout(child.timer);
    child.job = job;
    const { id, service, task, limitMs } = job;
    if (limitMs !== undefined) {
      const words = `It took longer than ${Math.round(limitMs / 1000)} s.`;
      child.timer = setTimeout(() => stop(child, new TaskStopped('timeout', words)), limitMs);
    }
    child.link.send({ id, service, task });
  };

  const dispatch = (): void => {
    if (closed) return;
    for (const child of children) {
      if (waiting.length === 0) return;
      if (child.ready && !child.job) give(child, waiting.shift()!);
    }
    let starting = [...children].filter(({ ready }) => !ready).length;
    for (; children.size < size && starting < waiting.length; starting++) start();
  };

  return {
    run(service, task, { signal, limitMs, onNews } = {}) {
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      const stopped = () => new TaskStopped('stopped', 'The work was stopped.');
      const abort = (): void => {
        const at = waiting.indexOf(job);
        if (at >= 0) waiting.splice(at, 1)[0]!.settle(stopped());
        for (const child of children) if (child.job === job) stop(child, stopped());
      };
      const job: Job = {
        id: ++lastId,
        service,
        task,
        limitMs,
        onNews,
        settle(result) {
          signal?.removeEventListener('abort', abort);
          if (result instanceof TaskStopped) reject(result);
          else resolve(result.value);
        },
      };
      if (closed || signal?.aborted) job.settle(stopped());
      else {
        signal?.addEventListener('abort', abort, { once: true });
        waiting.push(job);
        dispatch();
      }
      return promise as Promise<never>;
    },
    warm() {
      if (!closed && children.size === 0) start();
    },
    async close() {
      closed = true;
      for (const job of waiting.splice(0)) job.settle(new TaskStopped('stopped', 'The work was stopped.'));
      for (const child of children) stop(child, new TaskStopped('stopped', 'The work was stopped.'));
      await Promise.all(ends);
    },
  };
}
