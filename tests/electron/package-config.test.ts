import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const config = JSON.parse(readFileSync('electron-builder.json', 'utf8')) as Record<string, unknown>;

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
