import { expect, test } from 'vitest';
import { TILE_PX } from '../../../core/edit/mask-tiles.ts';
import { fillTile } from './mask-painter.ts';

const bytes = (TILE_PX * TILE_PX) / 8;
const RED = 0xff0000ff;

test('pixels of the machine are plain, those of a person hatched, others stay clear', () => {
  const tile = new Uint8Array(bytes);
  tile[0] = 0xff;
  tile[1] = 0x0f;
  const machine = new Uint8Array(bytes);
  machine[0] = 0x0f;
  const pixels = new Uint32Array(TILE_PX * TILE_PX);
  fillTile(pixels, tile, [255, 0, 0], machine);
  expect([...pixels.slice(0, 4)]).toEqual([RED, RED, RED, RED]);
  const own = [...pixels.slice(4, 12)];
  expect(new Set(own).size).toBe(2);
  expect(own).toContain(RED);
  expect(pixels[12]).toBe(0);
});

test('without a machine’s mask all is plain', () => {
  const tile = new Uint8Array(bytes).fill(0xff);
  const pixels = new Uint32Array(TILE_PX * TILE_PX);
  fillTile(pixels, tile, [255, 0, 0]);
  expect(new Set(pixels)).toEqual(new Set([RED]));
});
