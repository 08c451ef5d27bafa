import { copyFileSync, linkSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { findBrowser } from '../../src/main/loopback/find-browser.ts';
import { buildRendererIfStale } from '../../src/main/start/build-if-stale.ts';
import { openProject } from '../../src/main/store/open-project.ts';
import { median, type BenchRow } from './bench-row.ts';
import { openWindow, waitUntilDigitized, type BenchWindow } from './open-window.ts';
import { benchScans } from './pages.ts';

const root = resolve(import.meta.dirname, '../..');
const QUEUE_PAGES = 10_000;
const OPENED_PAGES = 8;
const STARTS = 5;

/** First paint, opening pages, and a long queue, in the real host and a real browser. */
export default async function benchWorkstation(say: (line: string) => void): Promise<readonly BenchRow[]> {
  const executablePath = findBrowser();
  if (!executablePath) {
    say('skipped: no Chromium here');
    return [];
  }
  await buildRendererIfStale(root);
  const folder = mkdtempSync(join(tmpdir(), 'tracewright-bench-'));
  try {
    return [
      ...(await measureOpening(folder, executablePath)),
      ...(await measureQueue(folder, executablePath)),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureOpening(folder: string, executablePath: string): Promise<BenchRow[]> {
  const scans = join(folder, 'scans');
  mkdirSync(scans);
  benchScans(OPENED_PAGES).forEach((path, i) => copyFileSync(path, join(scans, `${i}${extname(path)}`)));
  const project = join(folder, 'small');
  withProject(project, (p) => p.folders.add(scans, { watch: false }));
  const starts: Omit<BenchWindow, 'page' | 'residentMb' | 'close'>[] = [];
  for (let i = 1; i < STARTS; i++) {
    const start = await openWindow(project, executablePath);
    starts.push(start);
    await start.close();
  }
  const run = await openWindow(project, executablePath);
  starts.push(run);
  const typical = (of: (start: (typeof starts)[number]) => number) => median(starts.map(of));
  try {
    await waitUntilDigitized(run.page);
    const times = await run.page.evaluate(openPages);
    return [
      {
        name: 'serve start to first paint (median)',
        value: typical((start) => start.firstPaintMs),
        unit: 'ms',
        goal: { atMost: 2000 },
      },
      {
        name: '  of it until the server listens',
        value: typical((start) => start.listeningMs),
        unit: 'ms',
        goal: null,
      },
      {
        name: '  of it until the browser asks for the page',
        value: typical((start) => start.askedMs - start.listeningMs),
        unit: 'ms',
        goal: null,
      },
      {
        name: 'serve start to the program on the screen',
        value: typical((start) => start.readyMs),
        unit: 'ms',
        goal: null,
      },
      {
        name: 'open a digitized page, first time (median)',
        value: median(times.first),
        unit: 'ms',
        goal: { atMost: 300 },
      },
      {
        name: 'open a digitized page again (median)',
        value: median(times.again),
        unit: 'ms',
        goal: { atMost: 300 },
      },
    ];
  } finally {
    await run.close();
  }
}

async function measureQueue(folder: string, executablePath: string): Promise<BenchRow[]> {
  const scans = join(folder, 'many');
  mkdirSync(scans);
  const [scan] = benchScans(1);
  const first = join(scans, `00000${extname(scan!)}`);
  copyFileSync(scan!, first);
  for (let i = 1; i < QUEUE_PAGES; i++)
    linkSync(first, join(scans, `${String(i).padStart(5, '0')}${extname(scan!)}`));
  const project = join(folder, 'large');
  withProject(project, (p) => {
    const id = p.folders.add(scans, { watch: false });
    const { size, mtimeMs } = statSync(first);
    const found = Array.from({ length: QUEUE_PAGES }, (_, i) => {
      return { relativePath: `${String(i).padStart(5, '0')}${extname(scan!)}`, size, mtimeMs };
    });
    const ids = p.files.add(id, found, { queue: false });
    for (const file of ids) p.files.recordInspection(file, { hash: `bench-${file}`, pageCount: 1 });
  });
  const run = await openWindow(project, executablePath);
  try {
    const { frames, longest, slow } = await run.page.evaluate(scrollQueue);
    return [
      { name: `frames while scrolling ${QUEUE_PAGES} pages`, value: frames, unit: 'frames', goal: null },
      { name: 'longest frame while scrolling', value: longest, unit: 'ms', goal: { atMost: 150 } },
      {
        name: 'frames over 50 ms',
        value: (slow / Math.max(1, frames)) * 100,
        unit: '%',
        goal: { atMost: 5 },
      },
      {
        name: `resident memory, ${QUEUE_PAGES} pages`,
        value: run.residentMb(),
        unit: 'MB',
        goal: { atMost: 700 },
      },
    ];
  } finally {
    await run.close();
  }
}

function withProject(folder: string, fill: (project: ReturnType<typeof openProject>) => void): void {
  const project = openProject(folder);
  fill(project);
  project.close();
}

// The functions below run inside the page.

/** What the window does to show a page: facts, traces and signals, and the picture decoded. */
async function openPages(): Promise<{ first: number[]; again: number[] }> {
  const { ids } = (await (await fetch('/api/page-ids')).json()) as { ids: number[] };
  const show = async (id: number): Promise<number> => {
    const started = performance.now();
    await Promise.all([
      fetch(`/api/pages/${id}`).then((r) => r.json()),
      fetch(`/api/pages/${id}/traces`).then((r) => r.arrayBuffer()),
      fetch(`/api/pages/${id}/signals`).then((r) => r.arrayBuffer()),
      fetch(`/api/pages/${id}/image?reduce=1`).then(async (r) => createImageBitmap(await r.blob())),
    ]);
    return performance.now() - started;
  };
  const first: number[] = [];
  const again: number[] = [];
  for (const id of ids) first.push(await show(id));
  for (const id of ids) again.push(await show(id));
  return { first, again };
}

/** Scrolls the longest list on the page from top to bottom in five seconds and watches the frames. */
async function scrollQueue(): Promise<{ frames: number; longest: number; slow: number }> {
  const scrollable = () =>
    [...document.querySelectorAll<HTMLElement>('*')]
      .sort((a, b) => b.scrollHeight - a.scrollHeight)
      .find(
        (element) =>
          element.scrollHeight > element.clientHeight * 5 &&
          getComputedStyle(element).overflowY !== 'visible',
      );
  for (let tries = 0; !scrollable() && tries < 100; tries++)
    await new Promise((later) => setTimeout(later, 100));
  const list = scrollable();
  if (!list) throw new Error('there is no scrolling list on the page');
  const seconds = 5;
  const began = performance.now();
  let last = began;
  let frames = 0;
  let longest = 0;
  let slow = 0;
  while (last - began < seconds * 1000) {
    const now = await new Promise<number>((frame) => requestAnimationFrame(frame));
    const took = now - last;
    if (frames > 0) {
      longest = Math.max(longest, took);
      if (took > 50) slow++;
    }
    frames++;
    last = now;
    list.scrollTop = ((now - began) / (seconds * 1000)) * list.scrollHeight;
  }
  return { frames, longest, slow };
}
