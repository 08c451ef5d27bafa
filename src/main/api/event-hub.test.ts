import { expect, test } from 'vitest';
import type { JobState } from '../../shared/api/job-state.ts';
import { createEventHub } from './event-hub.ts';

const jobs = (waiting: number): JobState => ({
  paused: false,
  running: 0,
  waiting,
  done: 0,
  failed: 0,
  pagesPerMinute: null,
});

/** Reads what a stream has to say until `marker` occurs. */
async function readUntil(stream: ReadableStream<Uint8Array<ArrayBuffer>>, marker: string): Promise<string> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let text = '';
  while (!text.includes(marker)) {
    const part = await reader.read();
    if (part.done) break;
    text += decoder.decode(part.value);
  }
  reader.releaseLock();
  return text;
}

test('a stream begins with the snapshot', async () => {
  const hub = createEventHub(() => [{ type: 'jobs', state: jobs(3) }]);
  expect(await readUntil(hub.connect(), '"waiting":3')).toMatch(/^: connected\n\ndata: {"type":"jobs"/);
  hub.close();
});

test('events of a kind within a moment become one: the last state, all changed pages', async () => {
  const hub = createEventHub(() => []);
  const stream = hub.connect();
  for (let i = 1; i <= 100; i++) {
    hub.publish({ type: 'jobs', state: jobs(i) });
    hub.publish({ type: 'pages', ids: [i % 3, i % 5] });
    hub.publish({ type: 'stage', id: 7, stage: 'ink', progress: i / 100 });
  }
  const text = await readUntil(stream, 'stage');
  const events = text.split('\n\n').filter((block) => block.startsWith('data: '));
  expect(events.map((block) => JSON.parse(block.slice(6)) as unknown)).toEqual([
    { type: 'jobs', state: jobs(100) },
    { type: 'pages', ids: expect.arrayContaining([0, 1, 2, 3, 4]) as unknown },
    { type: 'stage', id: 7, stage: 'ink', progress: 1 },
  ]);
  hub.close();
});

test('a window that reads slowly still gets every final state, and ends with the hub', async () => {
  const hub = createEventHub(() => []);
  const stream = hub.connect();
  const ended = (exportId: string) => {
    return { type: 'export', exportId, done: 1, total: 1, failed: 0, finished: true, message: null } as const;
  };
  for (let i = 0; i < 5; i++) {
    hub.publish(ended(`e${i}`));
    await new Promise((later) => setTimeout(later, 70));
  }
  hub.close();
  const text = await readUntil(stream, 'never');
  for (let i = 0; i < 5; i++) expect(text).toContain(`"exportId":"e${i}"`);
});

test('a closed stream is forgotten', async () => {
  const hub = createEventHub(() => []);
  const stream = hub.connect();
  await stream.cancel();
  hub.publish({ type: 'list' });
  hub.close();
});
