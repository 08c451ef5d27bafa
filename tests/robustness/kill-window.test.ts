import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '../../src/core/synthesis/random.ts';
import { buildRendererIfStale } from '../../src/main/start/build-if-stale.ts';
import { chromiumPath } from '../e2e/harness.ts';

/** Kills in all; a few by default, and 50 in earnest: `TRACEWRIGHT_KILLS=50`. */
const KILLS = Number(process.env['TRACEWRIGHT_KILLS'] ?? 4);
const root = resolve(import.meta.dirname, '../..');
const CHILD = fileURLToPath(new URL('./fixtures/serve-child.ts', import.meta.url));
const SCANS = ['01-resting-12-lead.png', '08-rhythm-strip.png'] as const;

const KINDS = ['close the tab', 'crash the tab', 'kill the child processes', 'kill the host'] as const;
type Kind = (typeof KINDS)[number];

interface Edits {
  readonly revision: number;
  readonly undo: { readonly label: string } | null;
  readonly documents: readonly unknown[];
}

// Linux tells whose child a process is.
describe.skipIf(!chromiumPath || process.platform !== 'linux')('no stroke is lost', () => {
  let browser: Browser;
  let context: BrowserContext;
  let host: ChildProcess;
  let origin: string;
  let folder: string;
  let project: string;
  let scans: string;
  /** Revision that the project last confirmed to the window. */
  let answered = 0;

  beforeAll(async () => {
    await buildRendererIfStale(root);
    folder = mkdtempSync(join(tmpdir(), 'tracewright-kills-'));
    project = join(folder, 'project');
    scans = join(folder, 'scans');
    mkdirSync(scans);
    for (const name of SCANS) copyFileSync(join(root, 'resources/samples', name), join(scans, name));
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    browser = await chromium.launch({ executablePath: chromiumPath!, args });
    await serveAnew();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    const ended = once(host, 'close');
    host.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  /** Starts the host and lets a fresh browser profile in. */
  async function serveAnew(): Promise<void> {
    await context?.close();
    const renderer = join(root, 'out/renderer');
    host = spawn(process.execPath, [CHILD, project, renderer, scans], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [entryUrl] = (await once(createInterface(host.stdout!), 'line')) as [string];
    origin = new URL(entryUrl).origin;
    context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    context.setDefaultTimeout(60_000);
    const first = await context.newPage();
    await first.goto(entryUrl);
    await first.close();
  }

  /** Opens the page in a new tab with the pin tool and lead V2 at hand. */
  async function openPage(): Promise<Page> {
    const page = await context.newPage();
    page.on('response', (response) => {
      const isCommit = response.request().method() === 'POST' && response.url().endsWith('/edits');
      if (!isCommit || response.status() !== 200) return;
      const { revision } = response.request().postDataJSON() as { revision: number };
      answered = Math.max(answered, revision + 1);
    });
    await page.goto(origin);
    await page.locator('.inspector .leads li').nth(12).waitFor({ timeout: 120_000 });
    await page.locator(`.surface[data-shown="${SCANS[0]}"]`).waitFor();
    // The tab that died said no farewell: its word still counts for some seconds, and is taken over.
    const taken = page.getByRole('button', { name: 'Correct here instead' });
    const open = page.locator('.edit[data-phase=open]');
    const tryAgain = async (): Promise<boolean> => {
      if (await taken.isVisible()) await taken.click();
      await page.keyboard.press('p');
      return open.isVisible();
    };
    await expect.poll(tryAgain, { interval: 400 }).toBe(true);
    await page.keyboard.press('8');
    return page;
  }

  const edits = (page: Page): Promise<Edits> =>
    page.evaluate(async () => (await fetch('/api/pages/1/edits')).json() as never);

  const digitizeSecond = (page: Page): Promise<void> =>
    page.evaluate(async () => {
      const body = JSON.stringify({ ids: [2], again: true });
      const headers = { 'content-type': 'application/json' };
      await fetch('/api/digitize', { method: 'POST', body, headers });
    });

  const statusOfSecond = (page: Page): Promise<string> =>
    page.evaluate(async () => ((await (await fetch('/api/pages/2')).json()) as { status: string }).status);

  /** Sets pins without end until the tab is gone. */
  async function correct(page: Page, random: ReturnType<typeof createRandom>): Promise<void> {
    const box = (await page.locator('.surface').boundingBox())!;
    try {
      for (;;) {
        const x = box.x + box.width * random.uniform(0.58, 0.68);
        const y = box.y + box.height * random.uniform(0.38, 0.46);
        await page.mouse.move(x, y);
        await page.mouse.down();
        await page.mouse.move(x + random.uniform(-4, 4), y + random.uniform(-12, 12), { steps: 2 });
        await page.mouse.up();
      }
    } catch (thrown) {
      if (!page.isClosed() && !/crash|closed|Target/i.test(String(thrown))) throw thrown;
    }
  }

  function childrenOf(pid: number): number[] {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return text.split(' ').filter(Boolean).map(Number);
  }

  async function strike(kind: Kind, page: Page): Promise<void> {
    switch (kind) {
      case 'close the tab':
        return page.close();
      case 'crash the tab': {
        const crashed = page.waitForEvent('crash');
        const devtools = await context.newCDPSession(page);
        devtools.send('Page.crash').catch(() => undefined);
        await crashed;
        return page.close();
      }
      case 'kill the child processes': {
        // The other scan is digitized again, so that there are children, and they are at work.
        await digitizeSecond(page);
        await expect.poll(() => childrenOf(host.pid!).length).toBeGreaterThan(0);
        for (const pid of childrenOf(host.pid!)) process.kill(pid, 'SIGKILL');
        return;
      }
      case 'kill the host': {
        const ended = once(host, 'close');
        host.kill('SIGKILL');
        await ended;
        await page.close();
        await serveAnew();
      }
    }
  }

  test(
    `after ${KILLS} kills of tabs, children and the host while a page is corrected, every stroke that was kept is there and can be taken back`,
    { timeout: 240_000 + KILLS * 40_000 },
    async () => {
      const random = createRandom(KILLS);
      let page = await openPage();
      let before = 0;
      for (let round = 0; round < KILLS; round++) {
        const kind = KINDS[round < KINDS.length ? round : Math.floor(random.next() * KINDS.length)]!;
        const working = correct(page, random);
        const least = before + 2;
        await expect.poll(() => answered, { interval: 20 }).toBeGreaterThanOrEqual(least);
        await new Promise((resolve) => setTimeout(resolve, random.uniform(0, 300)));
        await strike(kind, page);
        if (kind === 'kill the child processes') {
          // The window goes on; its strokes are kept while the children come back.
          const now = answered;
          await expect.poll(() => answered).toBeGreaterThan(now);
          await page.close();
        }
        await working;
        const kept = answered;
        page = await openPage();
        const { revision, undo } = await edits(page);
        expect([kind, revision >= kept], `${kind}: ${revision} of ${kept}`).toEqual([kind, true]);
        expect(undo).toEqual({ label: 'Pin on V2' });
        before = answered = revision;
      }
      // A page whose process was killed twice is given up in words; it goes well when it is asked for again.
      await digitizeSecond(page);
      await expect.poll(() => statusOfSecond(page)).toBe('ok');
      const actions = before;
      for (let i = actions; i > 0; i--) {
        expect((await edits(page)).undo).toEqual({ label: 'Pin on V2' });
        await page.keyboard.press('Control+z');
        await expect
          .poll(async () => (await edits(page)).revision, { interval: 10 })
          .toBe(actions + (actions - i) + 1);
      }
      expect(await edits(page)).toMatchObject({ undo: null, documents: [] });
    },
  );
});
