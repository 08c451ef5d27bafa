import type { ServerEvent } from '../../../shared/api/server-event.ts';

/** What `connectEvents` calls back. */
export interface EventListener {
  /** One event; after every (re)connection the server first sends a snapshot of the state. */
  onEvent(event: ServerEvent): void;
  /** Whether the stream is up; false shows "reconnecting" to the user. */
  onConnection?(connected: boolean): void;
}

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 5000;

/**
 * Keeps the one event stream of the window open, with growing pauses between attempts when it breaks.
 * Read with `fetch` rather than `EventSource`, since custom schemes of Electron stream it the same way.
 *
 * @returns the function that closes the stream
 * @example
 * const close = connectEvents({ onEvent: (event) => queue.apply(event) });
 */
export function connectEvents(listener: EventListener): () => void {
  const stop = new AbortController();
  void run(listener, stop.signal);
  return () => stop.abort();
}

async function run(listener: EventListener, signal: AbortSignal): Promise<void> {
  let pause = FIRST_RETRY_MS;
  while (!signal.aborted) {
    try {
      const response = await fetch('/api/events', { signal, headers: { accept: 'text/event-stream' } });
      if (!response.ok || !response.body) throw new Error(`events answered ${response.status}`);
      listener.onConnection?.(true);
      pause = FIRST_RETRY_MS;
      await read(response.body, listener);
    } catch {
      // A broken stream is expected (server restarted, machine slept): the loop below tries again.
    }
    if (signal.aborted) return;
    listener.onConnection?.(false);
    await new Promise((resolve) => setTimeout(resolve, pause));
    pause = Math.min(LAST_RETRY_MS, pause * 2);
  }
}

async function read(body: ReadableStream<Uint8Array<ArrayBuffer>>, listener: EventListener): Promise<void> {
  let rest = '';
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const blocks = (rest + part.value).split('\n\n');
    rest = blocks.pop()!;
    for (const block of blocks) {
      if (block.startsWith('data: ')) listener.onEvent(JSON.parse(block.slice(6)) as ServerEvent);
    }
  }
}
