import { expect, it } from 'vitest';
import { removeDots } from './remove-dots.ts';

it('takes dots at the grid crossings away and leaves a line that runs between and over them', () => {
  const period = 10;
  const width = 60;
  const height = 60;
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y += 5) for (let x = 0; x < width; x += 5) data[y * width + x] = 0.9;
  for (let x = 0; x < width; x++) data[(23 + (x % 7)) * width + x] = 1;
  const certainty = new Float32Array(width * height).fill(1);
  removeDots({ data, width, height }, { data: certainty, width, height }, period);
  let dots = 0;
  let line = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (y === 23 + (x % 7)) line += data[y * width + x]!;
      else if (x % 5 === 0 && y % 5 === 0) dots += data[y * width + x]!;
    }
  }
  expect(dots).toBeLessThan(5);
  expect(line).toBeGreaterThan(0.9 * width);
  expect(certainty[0]).toBeLessThan(0.3);
});
