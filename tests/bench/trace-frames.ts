import type { CDPSession, Page } from 'playwright-core';

/** What the main thread of a page did while something was done to it. */
export interface FrameTimes {
  /** Script per frame, milliseconds: event handlers, timers and animation callbacks. */
  readonly script: readonly number[];
  /** From one frame to the next, milliseconds. */
  readonly frames: readonly number[];
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly ts: number;
  readonly dur?: number;
  readonly pid: number;
  readonly tid: number;
}

/** Events of the main thread in which scripts run, from outside to inside. */
const SCRIPT = new Set(['EventDispatch', 'FireAnimationFrame', 'TimerFire', 'RunMicrotasks', 'FunctionCall']);

/** Records the main thread while `work` is done, and tells what each frame took. */
export async function traceFrames(page: Page, work: () => Promise<void>): Promise<FrameTimes> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'] },
  });
  const frames = watchFrames(page);
  await work();
  const times = await frames;
  await endTracing(session);
  await session.detach();
  return { script: scriptPerFrame(events), frames: times };
}

function endTracing(session: CDPSession): Promise<void> {
  return new Promise((resolve, reject) => {
    session.once('Tracing.tracingComplete', () => resolve());
    session.send('Tracing.end').catch(reject);
  });
}

/** Times between animation frames until the page is told to stop: see `stopFrames`. */
async function watchFrames(page: Page): Promise<number[]> {
  return page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const times: number[] = [];
        let last = performance.now();
        const tick = (now: number): void => {
          times.push(now - last);
          last = now;
          if ('stopFrames' in globalThis) {
            delete (globalThis as { stopFrames?: boolean }).stopFrames;
            resolve(times.slice(1));
          } else requestAnimationFrame(tick);
        };
        requestAnimationFrame(tick);
      }),
  );
}

/** Ends what `traceFrames` watches; to be called at the end of its work. */
export async function stopFrames(page: Page): Promise<void> {
  await page.evaluate(() => void Object.assign(globalThis, { stopFrames: true }));
}

/** Script of the busiest thread, summed between its animation frames. */
function scriptPerFrame(events: readonly TraceEvent[]): number[] {
  const threads = new Map<string, TraceEvent[]>();
  for (const event of events) {
    if (event.ph !== 'X' || !SCRIPT.has(event.name)) continue;
    const key = `${event.pid}/${event.tid}`;
    const known = threads.get(key);
    if (known) known.push(event);
    else threads.set(key, [event]);
  }
  let main: TraceEvent[] = [];
  for (const thread of threads.values()) {
    const frames = (list: readonly TraceEvent[]) =>
      list.filter(({ name }) => name === 'FireAnimationFrame').length;
    if (frames(thread) > frames(main)) main = thread;
  }
  main.sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
  const perFrame: number[] = [];
  let sum = 0;
  let end = -Infinity;
  let lastFrame = -Infinity;
  for (const { name, ts, dur = 0 } of main) {
    if (ts < end) continue; // Within another one that was counted.
    end = ts + dur;
    // Callbacks of one frame follow each other at once.
    if (name === 'FireAnimationFrame' && ts - lastFrame > 2000) {
      perFrame.push(sum / 1000);
      sum = 0;
    }
    if (name === 'FireAnimationFrame') lastFrame = ts + dur;
    sum += dur;
  }
  return perFrame.slice(1);
}

/** The value below which a share of the values lie; 0 of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
