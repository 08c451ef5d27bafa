import { expect, test } from 'vitest';
import { spreadGreatest } from './spread-greatest.ts';

test('each value becomes the greatest of those about it, edges included', () => {
  const [width, height] = [5, 4];
  const values = Float32Array.from({ length: width * height }, (_, k) => (k * 7) % 11);
  const expected = Array.from(values, (_, k) => {
    const [x, y] = [k % width, Math.floor(k / width)];
    let most = -Infinity;
    for (let j = Math.max(0, y - 1); j <= Math.min(height - 1, y + 1); j++)
      for (let i = Math.max(0, x - 1); i <= Math.min(width - 1, x + 1); i++)
        most = Math.max(most, values[j * width + i]!);
    return most;
  });
  spreadGreatest(values, width, height);
  expect([...values]).toEqual(expected);
});
