import { describe, expect, it } from 'vitest';
import { layMesh } from './paper-mesh.ts';
import { straightenMesh } from './straighten-mesh.ts';

const box = { x0: 0, y0: 0, x1: 200, y1: 150 };
const jitter = (x: number, y: number): number => 0.3 * Math.sin(12.9 * x + 78.2 * y);

describe('straightenMesh', () => {
  it('undoes the jitter of lines set on whole pixels', () => {
    const mesh = layMesh(box, 5, (x, y) => [8 * x + 0.2 * y + jitter(x, y), 8 * y - 0.2 * x + jitter(y, x)]);
    const straight = straightenMesh(mesh, new Float32Array(mesh.xs.length).fill(1));
    for (let at = 0; at < mesh.xs.length; at++) {
      const x = (at % mesh.columns) * 5;
      const y = Math.floor(at / mesh.columns) * 5;
      expect(Math.abs(straight.xs[at]! - (8 * x + 0.2 * y))).toBeLessThan(0.1);
    }
  });

  it('leaves bent paper as it is', () => {
    const mesh = layMesh(box, 5, (x, y) => [8 * x, 8 * y + 4 * Math.sin(x / 40)]);
    expect(straightenMesh(mesh, new Float32Array(mesh.xs.length).fill(1))).toBe(mesh);
  });
});
