import { ESLint } from 'eslint';
import { expect, test } from 'vitest';

const eslint = new ESLint();

async function complaints(filePath: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath });
  return result!.messages.map((message) => message.ruleId ?? message.message);
}

test.each([
  ['src/core/page/x.ts', "import { y } from '../../formats/csv/y.ts';"],
  ['src/core/page/x.ts', "import { y } from '../../main/store/y.ts';"],
  ['src/core/page/x.ts', "import { readFileSync as y } from 'node:fs';"],
  ['src/shared/api/x.ts', "import { y } from '../../core/digitize-page.ts';"],
  ['src/formats/csv/x.ts', "import { y } from '../../main/store/y.ts';"],
  ['src/formats/csv/x.ts', "import { app as y } from 'electron';"],
  ['src/main/store/x.ts', "import { y } from '../../renderer/src/api/client.ts';"],
  ['src/main/api/x.ts', "import { app as y } from 'electron';"],
  ['src/renderer/src/stores/x.ts', "import { y } from '../../../main/store/y.ts';"],
  ['src/renderer/src/stores/x.ts', "import { y } from '../../../formats/csv/y.ts';"],
  ['src/renderer/src/stores/x.ts', "import { join as y } from 'node:path';"],
  ['src/preload/x.ts', "import { y } from '../main/store/y.ts';"],
])('%s may not contain %s', async (file, code) => {
  expect(await complaints(file, `${code}\nexport default y;\n`)).toContain('no-restricted-imports');
});

test.each([
  ['src/core/page/x.ts', "import { y } from '../../shared/reason.ts';"],
  ['src/formats/csv/x.ts', "import { y } from '../../core/digitize-page.ts';"],
  ['src/main/api/x.ts', "import { y } from '../../formats/csv/y.ts';"],
  ['src/main/electron/x.ts', "import { app as y } from 'electron';"],
  ['src/preload/x.ts', "import { contextBridge as y } from 'electron';"],
  ['src/renderer/src/stores/x.ts', "import { y } from '../../../core/digitize-page.ts';"],
])('%s may contain %s', async (file, code) => {
  expect(await complaints(file, `${code}\nexport default y;\n`)).toEqual([]);
});

test.each(['Math.random()', 'Date.now()', 'performance.now()', 'document.title'])(
  'core may not reach for %s',
  async (expression) => {
    const rules = await complaints('src/core/page/x.ts', `export const x = ${expression};\n`);
    expect(rules.join()).toMatch(/no-restricted-(globals|properties)/);
  },
);
