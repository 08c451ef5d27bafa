import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { findBrowser } from '../../src/main/loopback/find-browser.ts';
import { serve, type LoopbackHost } from '../../src/main/serve.ts';
import { buildRendererIfStale } from '../../src/main/start/build-if-stale.ts';

const root = resolve(import.meta.dirname, '../..');

/** Executable of the system's Chromium, or null: then end-to-end tests skip. */
export const chromiumPath = findBrowser();

export interface WorkstationOptions {
  /** Scans the fresh project starts with; the bundled samples when absent, null for none. */
  readonly scans?: string | null;
  /** Project folder to open instead of a fresh one; it is then left in place. */
  readonly project?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
}

/** The real workstation in a real browser. */
export interface WorkstationUnderTest {
  readonly page: Page;
  readonly browser: Browser;
  readonly host: LoopbackHost;
  readonly project: string;
  /** Errors of scripts, violations of the content security policy and failed requests so far. */
  readonly problems: readonly string[];
  close(): Promise<void>;
}

/**
 * Serves a project on the loopback host and opens its entry address in a headless Chromium. The renderer is built first
 * when it is stale.
 *
 * @example
 * const workstation = await openWorkstationInBrowser();
 * await workstation.page.getByRole('listbox').waitFor();
 * expect(workstation.problems).toEqual([]);
 * await workstation.close();
 */
export async function openWorkstationInBrowser(
  options: WorkstationOptions = {},
): Promise<WorkstationUnderTest> {
  if (!chromiumPath) throw new Error('There is no Chromium; check chromiumPath and skip.');
  await buildRendererIfStale(root);
  const project = options.project ?? mkdtempSync(join(tmpdir(), 'tracewright-e2e-'));
  const host = await serve({
    project,
    rendererRoot: join(root, 'out/renderer'),
    samples: options.scans === undefined ? join(root, 'resources/samples') : options.scans,
    port: 0,
    open: false,
    say: () => undefined,
  });
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const context = await browser.newContext({
    viewport: options.viewport ?? { width: 1440, height: 900 },
    colorScheme: options.colorScheme ?? 'dark',
  });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`script: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(host.entryUrl);
  return {
    page,
    browser,
    host,
    project,
    problems,
    async close() {
      await browser.close();
      await host.close();
      if (!options.project) rmSync(project, { recursive: true, force: true });
    },
  };
}
