import type { ServerEvent } from '../../shared/api/server-event.ts';

const FLUSH_MS = 60;
const HEARTBEAT_MS = 15_000;

/** The server's end of `/api/events`. */
export interface EventHub {
  /** Hands an event to every open stream; several of a kind within 60 ms become one. */
  publish(event: ServerEvent): void;
  /** Opens a stream of server-sent events that begins with a snapshot of the state. */
  connect(): ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Ends every stream. */
  close(): void;
}

/**
 * Multiplexes all events over one stream per window. A stream that is read slowly keeps only the latest state of each
 * thing (and the union of changed pages), so memory stays bounded and the final state is never lost.
 *
 * @param snapshot what a new stream must know at once; called once for each
 * @example
 * const hub = createEventHub(() => [{ type: 'jobs', state: jobs.state() }]);
 * hub.publish({ type: 'pages', ids: [7] });
 */
export function createEventHub(snapshot: () => readonly ServerEvent[]): EventHub {
  const streams = new Set<Connection>();
  return {
    publish: (event) => streams.forEach((stream) => stream.push(event)),
    connect() {
      const connection = openConnection(() => streams.delete(connection));
      streams.add(connection);
      snapshot().forEach((event) => connection.push(event));
      return connection.body;
    },
    close: () => [...streams].forEach((stream) => stream.end()),
  };
}

interface Connection {
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
  push(event: ServerEvent): void;
  end(): void;
}

function openConnection(onClose: () => void): Connection {
  const encoder = new TextEncoder();
  const pending = new Map<string, ServerEvent>();
  let controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>;
  let timer: NodeJS.Timeout | null = null;

  const flush = () => {
    timer = null;
    if ((controller.desiredSize ?? 0) > 0) send();
  };
  const send = () => {
    if (pending.size === 0) return;
    const text = [...pending.values()].map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
    pending.clear();
    controller.enqueue(encoder.encode(text));
  };
  const heartbeat = setInterval(() => {
    if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(': alive\n\n'));
  }, HEARTBEAT_MS);
  heartbeat.unref();
  const release = () => {
    clearInterval(heartbeat);
    if (timer) clearTimeout(timer);
    onClose();
  };

  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(c) {
      controller = c;
      // Headers alone do not resolve `fetch` in every host: the first bytes do.
      controller.enqueue(encoder.encode(': connected\n\n'));
    },
    pull: flush,
    cancel: release,
  });
  return {
    body,
    push(event) {
      const key = keyOf(event);
      const earlier = pending.get(key);
      pending.set(key, earlier ? merge(earlier, event) : event);
      timer ??= setTimeout(flush, FLUSH_MS);
    },
    end() {
      send();
      release();
      controller.close();
    },
  };
}

function keyOf(event: ServerEvent): string {
  if (event.type === 'stage') return `stage ${event.id}`;
  if (event.type === 'edits') return `edits ${event.id} ${event.reader}`;
  if (event.type === 'part-look') return `part-look ${event.job}`;
  if (event.type === 'export') return `export ${event.exportId}`;
  return event.type;
}

function merge(earlier: ServerEvent, later: ServerEvent): ServerEvent {
  if (earlier.type !== 'pages' || later.type !== 'pages') return later;
  return { type: 'pages', ids: [...new Set([...earlier.ids, ...later.ids])] };
}
