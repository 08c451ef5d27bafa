import type { Raster } from '../../core/image/raster.ts';

/**
 * A square of paper with a grid, a wave, a pulse and blocks like letters, in gray on RGB: something of every class, so that
 * a model has to tell things apart. The same each time.
 */
export function trialTile(sizePx: number): Raster {
  const data = new Uint8Array(sizePx * sizePx * 3).fill(250);
  const put = (x: number, y: number, red: number, green: number, blue: number): void => {
    if (x < 0 || y < 0 || x >= sizePx || y >= sizePx) return;
    data.set([red, green, blue], 3 * (Math.round(y) * sizePx + Math.round(x)));
  };
  for (let y = 0; y < sizePx; y++) {
    for (let x = 0; x < sizePx; x++) {
      if (x % 40 === 0 || y % 40 === 0) put(x, y, 225, 140, 140);
      else if (x % 8 === 0 || y % 8 === 0) put(x, y, 245, 205, 205);
    }
  }
  for (let step = 0; step < 4 * sizePx; step++) {
    const x = step / 4;
    const spike = Math.max(0, 1 - Math.abs((x % 128) - 64) / 5);
    const y = 0.5 * sizePx + 6 * Math.sin(x / 19) - 90 * spike;
    for (const offset of [0, 1]) put(x, Math.floor(y) + offset, 20, 20, 25);
  }
  for (let y = 0; y < 60; y++) for (const x of [8, 9, 32, 33]) put(x, 0.75 * sizePx + y, 20, 20, 25);
  for (let k = 0; k < 6; k++) {
    const x0 = 0.25 * sizePx + 14 * k;
    for (let i = 0; i < 12; i++) {
      for (const [x, y] of [
        [0, i],
        [k % 2 === 0 ? i / 2 : 6, i],
        [i / 2, k % 3 === 0 ? 0 : 6],
      ] as const) {
        put(Math.floor(x0 + x), Math.floor(0.12 * sizePx) + y, 15, 15, 15);
      }
    }
  }
  return { data, width: sizePx, height: sizePx, channels: 3 };
}
