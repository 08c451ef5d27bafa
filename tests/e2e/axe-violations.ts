import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds serious or critical, as `rule: element`. @param rules those to be asked beside the usual ones */
export async function violations(
  page: Page,
  rules: Record<string, { enabled: boolean }> = {},
): Promise<string[]> {
  const options = JSON.stringify({ resultTypes: ['violations'], rules });
  const results = (await page.evaluate(`${axeSource}; axe.run(document, ${options})`)) as AxeResults;
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}
