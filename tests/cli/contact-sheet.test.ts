import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from './run-command.ts';

let root = '';
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'tracewright-sheet-'));
  mkdirSync(join(root, 'pred/sub'), { recursive: true });
  const green = sharp({ create: { width: 220, height: 170, channels: 3, background: '#00a000' } }).png();
  for (const name of ['a', 'b', 'sub/c']) await green.toFile(join(root, 'pred', `${name}.overlay.png`));
  writeFileSync(join(root, 'pred/other.json'), '{"not": "ours"}');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const sheets = () =>
  readdirSync(root)
    .filter((name) => name.endsWith('.png'))
    .sort();

describe('contact-sheet', () => {
  it('spreads overlays over sheets and says where they are', async () => {
    const out = join(root, 'sheet.png');
    const result = await runCommand([
      'contact-sheet',
      join(root, 'pred'),
      '--out',
      out,
      '--columns',
      '2',
      '--per-sheet',
      '2',
      '--width',
      '800',
    ]);
    expect(result).toMatchObject({ code: 0, out: `${out}\n${join(root, 'sheet-2.png')}\n` });
    expect(sheets()).toEqual(['sheet-2.png', 'sheet.png']);
    const { data, info } = await sharp(out).raw().toBuffer({ resolveWithObject: true });
    expect(info.width).toBe(800);
    const pixel = (x: number, y: number) => [...data.subarray((y * 800 + x) * info.channels).subarray(0, 3)];
    expect(pixel(200, Math.round(info.height / 2))).toEqual([0, 160, 0]);
    expect(pixel(600, Math.round(info.height / 2))).toEqual([0, 160, 0]);
    expect(pixel(400, Math.round(info.height / 2))).toEqual([255, 255, 255]);
  });

  it('refuses a folder without overlays', async () => {
    mkdirSync(join(root, 'empty'));
    const result = await runCommand(['contact-sheet', join(root, 'empty'), '--out', join(root, 'x.png')]);
    expect(result.code).toBe(1);
    expect(result.err).toContain('No overlay');
    expect((await runCommand(['contact-sheet'])).code).toBe(2);
  });
});
