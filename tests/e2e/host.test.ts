import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, openWorkstationInBrowser, type WorkstationUnderTest } from './harness.ts';

describe.skipIf(!chromiumPath)('the loopback host in Chromium', () => {
  let workstation: WorkstationUnderTest;
  beforeAll(async () => {
    workstation = await openWorkstationInBrowser({ scans: null });
  });
  afterAll(() => workstation.close());

  test('the workstation appears, with nothing blocked and the token gone from the address', async () => {
    const { page, host, problems } = workstation;
    await page.locator('#app > *').first().waitFor();
    expect(page.url()).toBe(new URL('/', host.entryUrl).href);
    expect(problems).toEqual([]);
  });

  test('a reload stays in', async () => {
    const response = await workstation.page.reload();
    expect(response!.status()).toBe(200);
    expect(await workstation.page.title()).toContain('Tracewright');
  });

  test('another browser with the same address stays out', async () => {
    const stranger = await workstation.browser.newContext();
    const page = await stranger.newPage();
    const response = await page.goto(workstation.host.entryUrl);
    expect(response!.status()).toBe(403);
    expect(await page.content()).toContain('Start Tracewright again');
    await stranger.close();
  });

  test('a page of another origin can neither read nor write, nor frame the workstation', async () => {
    const { browser, host } = workstation;
    const foreign = await (await browser.newContext()).newPage();
    await foreign.goto('data:text/html,<title>foreign</title>');
    const api = new URL('/api/jobs', host.entryUrl).href;
    const attempts = await foreign.evaluate(async (url) => {
      const attempt = (init: RequestInit) =>
        fetch(url, init).then(
          (r) => r.type,
          () => 'blocked',
        );
      return [
        await attempt({ credentials: 'include' }),
        await attempt({ method: 'POST', credentials: 'include', body: '{}' }),
        await attempt({ mode: 'no-cors', credentials: 'include' }),
      ];
    }, api);
    expect(attempts.slice(0, 2)).toEqual(['blocked', 'blocked']);
    expect(['blocked', 'opaque']).toContain(attempts[2]);
    await foreign.context().close();
  });

  test('inline scripts do not run', async () => {
    const ran = await workstation.page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      document.head.append(script);
      return 'injected' in window;
    });
    expect(ran).toBe(false);
  });
});
