import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isStale, replaceFolder } from './build-if-stale.ts';
import { defaultProjectFolder } from './default-project-folder.ts';
import { findElectron, findOrInstallElectron } from './find-electron.ts';
import { parseStartFlags } from './parse-start-flags.ts';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'tracewright-start-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, text = '', atSeconds = 1000): void {
  const full = join(root, path);
  mkdirSync(join(full, '..'), { recursive: true });
  writeFileSync(full, text);
  utimesSync(full, atSeconds, atSeconds);
  utimesSync(join(full, '..'), atSeconds, atSeconds);
}

test('the default project lies where each system keeps data of programs', () => {
  const at = (platform: NodeJS.Platform, env = {}) =>
    defaultProjectFolder({ platform, env, home: '/home/ada' });
  expect(at('linux')).toBe('/home/ada/.local/share/tracewright/first-project');
  expect(at('linux', { XDG_DATA_HOME: '/data' })).toBe('/data/tracewright/first-project');
  expect(at('linux', { XDG_DATA_HOME: 'relative' })).toBe('/home/ada/.local/share/tracewright/first-project');
  expect(at('darwin')).toBe('/home/ada/Library/Application Support/tracewright/first-project');
});

describe('flags', () => {
  test('have defaults', () => {
    expect(parseStartFlags([])).toEqual({
      project: defaultProjectFolder(),
      port: 0,
      open: true,
      browser: false,
      help: false,
    });
  });

  test('are read', () => {
    const flags = parseStartFlags(['--project', 'ecgs', '--port=8123', '--no-open', '--browser']);
    expect(flags).toMatchObject({ project: resolve('ecgs'), port: 8123, open: false, browser: true });
  });

  test.each([[['--port', '70000']], [['--port', 'x']], [['--nonsense']], [['stray']]])(
    '%s is told as a usage error',
    (args) => expect(() => parseStartFlags(args)).toThrow(expect.objectContaining({ code: 'usage' })),
  );
});

test('a product is stale when missing or older than a source, deep or removed', () => {
  put('src/a/b.ts');
  const stale = () => isStale(join(root, 'out/index.html'), [join(root, 'src'), join(root, 'absent')]);
  expect(stale()).toBe(true);
  put('out/index.html', '', 2000);
  utimesSync(join(root, 'src'), 1000, 1000);
  expect(stale()).toBe(false);
  utimesSync(join(root, 'src/a/b.ts'), 3000, 3000);
  expect(stale()).toBe(true);
  utimesSync(join(root, 'src/a/b.ts'), 1000, 1000);
  utimesSync(join(root, 'src/a'), 3000, 3000);
  expect(stale()).toBe(true);
});

test('a build takes the place of the former one as a whole', () => {
  const [folder, fresh, former] = [join(root, 'renderer'), join(root, 'fresh'), join(root, 'former')];
  put('fresh/index.html', 'first');
  replaceFolder(folder, fresh, former);
  expect(readFileSync(join(folder, 'index.html'), 'utf8')).toBe('first');
  put('renderer/stray.js');
  put('fresh/index.html', 'second');
  replaceFolder(folder, fresh, former);
  expect(readFileSync(join(folder, 'index.html'), 'utf8')).toBe('second');
  expect(existsSync(join(folder, 'stray.js'))).toBe(false);
});

describe('Electron', () => {
  test('is found where its installer put it', () => {
    expect(findElectron(root)).toBeNull();
    put('node_modules/electron/path.txt', 'electron');
    expect(findElectron(root)).toBeNull();
    put('node_modules/electron/dist/electron');
    expect(findElectron(root)).toBe(join(root, 'node_modules/electron/dist/electron'));
  });

  test('is installed when that works, and tried once when it does not', () => {
    put('node_modules/electron/package.json', '{"version":"1.2.3"}');
    put('node_modules/electron/install.js', 'process.exit(1);');
    expect(findOrInstallElectron(root)).toBeNull();
    const works =
      "const fs = require('fs'); const d = __dirname; fs.mkdirSync(d + '/dist');" +
      "fs.writeFileSync(d + '/dist/electron', ''); fs.writeFileSync(d + '/path.txt', 'electron');";
    put('node_modules/electron/install.js', works);
    expect(findOrInstallElectron(root)).toBeNull();
    put('node_modules/electron/package.json', '{"version":"1.2.4"}');
    expect(findOrInstallElectron(root)).toBe(join(root, 'node_modules/electron/dist/electron'));
  });
});
