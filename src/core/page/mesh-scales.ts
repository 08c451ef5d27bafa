import type { PaperMesh } from '../grid/paper-mesh.ts';

/** Scale and lean of a mesh on its picture. */
export interface MeshScales {
  /** Median pixels per millimetre along paper x and paper y. */
  readonly pxPerMmX: number;
  readonly pxPerMmY: number;
  /** Median direction of horizontal lines, degrees, clockwise positive. */
  readonly skewDegrees: number;
}

/** Medians over the mesh cells that lie on the `width x height` picture (over all cells if none does). */
export function meshScales(mesh: PaperMesh, width: number, height: number): MeshScales {
  const alongX: number[] = [];
  const alongY: number[] = [];
  const leans: number[] = [];
  const collect = (everywhere: boolean): void => {
    for (let j = 0; j < mesh.rows - 1; j++) {
      for (let i = 0; i < mesh.columns - 1; i++) {
        const at = j * mesh.columns + i;
        const x = mesh.xs[at] as number;
        const y = mesh.ys[at] as number;
        if (!everywhere && !(x >= 0 && y >= 0 && x < width && y < height)) continue;
        const rightX = (mesh.xs[at + 1] as number) - x;
        const rightY = (mesh.ys[at + 1] as number) - y;
        const downX = (mesh.xs[at + mesh.columns] as number) - x;
        const downY = (mesh.ys[at + mesh.columns] as number) - y;
        alongX.push(Math.hypot(rightX, rightY) / mesh.stepMm);
        alongY.push(Math.hypot(downX, downY) / mesh.stepMm);
        leans.push((Math.atan2(rightY, rightX) * 180) / Math.PI);
      }
    }
  };
  collect(false);
  if (alongX.length === 0) collect(true);
  return { pxPerMmX: median(alongX), pxPerMmY: median(alongY), skewDegrees: median(leans) };
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[values.length >> 1] ?? 0;
}
