import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Raster } from '../../core/image/raster.ts';
import { createRandom } from '../../core/synthesis/random.ts';
import { AppError } from '../../shared/app-error.ts';
import { encodeModel } from '../training/export/export-model.ts';
import { initParameters } from '../training/net/init-parameters.ts';
import { layOutParameters } from '../training/net/parameter-layout.ts';
import { openSegmenter } from './open-segmenter.ts';

const SHAPE = { widths: [4, 6], classes: 4 };
let folder: string;
let path: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tracewright-segmenter-'));
  path = join(folder, 'small.onnx');
  await writeFile(path, encodeModel(SHAPE, initParameters(layOutParameters(SHAPE), createRandom(1))));
});

function page(width: number, height: number, channels: 1 | 3): Raster {
  const data = new Uint8Array(width * height * channels);
  for (let k = 0; k < width * height; k++) {
    const value = (((k % width) * 7) ^ (Math.floor(k / width) * 5)) & 255;
    data.fill(value, k * channels, (k + 1) * channels);
  }
  return { data, width, height, channels };
}

const largest = (a: Float32Array, b: Float32Array) =>
  a.reduce((most, value, k) => Math.max(most, Math.abs(value - b[k]!)), 0);

describe('a segmenter', () => {
  test('finds in tiles what it finds in one piece', async () => {
    const tiled = await openSegmenter(path, { threads: 1, tilePx: 96, overlapPx: 48 });
    const whole = await openSegmenter(path, { threads: 1, tilePx: 512 });
    const input = page(230, 170, 3);
    const [a, b] = [await tiled.segment(input), await whole.segment(input)];
    expect([a.width, a.height, Object.keys(a.planes)]).toEqual([230, 170, ['trace', 'mark', 'text', 'grid']]);
    for (const name of ['trace', 'grid'] as const) {
      expect(a.planes[name]).toHaveLength(230 * 170);
      // Tiles end in zeros where the whole page goes on; at their edges they hardly count.
      expect(largest(a.planes[name], b.planes[name])).toBeLessThan(0.1);
      const sum = a.planes[name].reduce((total, p, k) => total + Math.abs(p - b.planes[name][k]!), 0);
      expect(sum / a.planes[name].length).toBeLessThan(2e-3);
    }
    await tiled.close();
    await whole.close();
  });

  test('takes gray pages as colourless ones, of any size', async () => {
    const segmenter = await openSegmenter(path, { threads: 1 });
    for (const [width, height] of [
      [1, 1],
      [37, 19],
    ] as const) {
      const gray = await segmenter.segment(page(width, height, 1));
      const rgb = await segmenter.segment(page(width, height, 3));
      expect(gray).toEqual(rgb);
      expect(gray.planes.trace.every((value) => value > 0 && value < 1)).toBe(true);
    }
    await segmenter.close();
  });

  test('looks into the mirror when asked to', async () => {
    const segmenter = await openSegmenter(path, { threads: 1 });
    const input = page(32, 16, 1);
    const mirrored = { ...input, data: input.data.slice() };
    const turn = <T extends Uint8Array | Float32Array>(data: T): T => {
      for (let y = 0; y < 16; y++) data.subarray(y * 32, (y + 1) * 32).reverse();
      return data;
    };
    turn(mirrored.data);
    const a = await segmenter.segment(input, { mirror: true });
    const b = await segmenter.segment(mirrored, { mirror: true });
    expect(largest(a.planes.mark, turn(b.planes.mark))).toBeLessThan(1e-5);
    const plain = await segmenter.segment(input);
    expect(largest(a.planes.mark, plain.planes.mark)).toBeGreaterThan(1e-3);
    await segmenter.close();
  });

  test('stops between tiles', async () => {
    const segmenter = await openSegmenter(path, { threads: 1, tilePx: 32, overlapPx: 16 });
    const signal = AbortSignal.abort();
    await expect(segmenter.segment(page(64, 64, 1), { signal })).rejects.toThrow(/abort/i);
    await segmenter.close();
  });

  test('damaged files run, or are refused in words', async () => {
    const bytes = await readFile(path);
    const random = createRandom(4);
    let passed = 0;
    for (let round = 0; round < 60; round++) {
      const damaged = Uint8Array.from(bytes);
      damaged[random.integer(0, bytes.length - 1)] = random.integer(0, 255);
      await writeFile(join(folder, 'damaged.onnx'), damaged);
      let segmenter;
      try {
        segmenter = await openSegmenter(join(folder, 'damaged.onnx'), { threads: 1 });
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
        continue;
      }
      passed++;
      const { planes } = await segmenter.segment(page(32, 16, 1));
      expect(planes.grid.every((value) => value >= 0 && value <= 1)).toBe(true);
      await segmenter.close();
    }
    expect(passed).toBeGreaterThan(10);
  });

  test('refuses files that are no model', async () => {
    await expect(openSegmenter(join(folder, 'none.onnx'))).rejects.toThrow(/cannot be read/);
    await writeFile(join(folder, 'text.onnx'), 'This is no model.');
    await expect(openSegmenter(join(folder, 'text.onnx'))).rejects.toThrow(/no ONNX model/);
  });
});
