/**
 * The paper as a regular mesh of nodes `stepMm` apart; node (i, j) is the paper point
 * `(originXMm + i * stepMm, originYMm + j * stepMm)` and lies at pixel (`xs`, `ys`)[j * columns + i] of some raster.
 * The origin is a multiple of the step, paper (0, 0) a crossing of major grid lines.
 */
export interface PaperMesh {
  readonly originXMm: number;
  readonly originYMm: number;
  readonly stepMm: number;
  readonly columns: number;
  readonly rows: number;
  readonly xs: Float64Array;
  readonly ys: Float64Array;
}

/** Lays a mesh over the box `[x0, x1] x [y0, y1]` of the paper (millimetres), its pixels given by `place`. */
export function layMesh(
  box: { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number },
  stepMm: number,
  place: (xMm: number, yMm: number) => readonly [number, number],
): PaperMesh {
  const originXMm = Math.floor(box.x0 / stepMm) * stepMm;
  const originYMm = Math.floor(box.y0 / stepMm) * stepMm;
  const columns = Math.max(2, Math.ceil((box.x1 - originXMm) / stepMm) + 1);
  const rows = Math.max(2, Math.ceil((box.y1 - originYMm) / stepMm) + 1);
  const xs = new Float64Array(columns * rows);
  const ys = new Float64Array(columns * rows);
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const [x, y] = place(originXMm + i * stepMm, originYMm + j * stepMm);
      xs[j * columns + i] = x;
      ys[j * columns + i] = y;
    }
  }
  return { originXMm, originYMm, stepMm, columns, rows, xs, ys };
}

/** Pixel of a paper point: bilinear inside the mesh, continued along the border cells outside. */
export function meshToPixel(mesh: PaperMesh, xMm: number, yMm: number): [number, number] {
  const { columns, rows, xs, ys, stepMm } = mesh;
  const u = (xMm - mesh.originXMm) / stepMm;
  const v = (yMm - mesh.originYMm) / stepMm;
  const i = Math.max(0, Math.min(columns - 2, Math.floor(u)));
  const j = Math.max(0, Math.min(rows - 2, Math.floor(v)));
  const a = u - i;
  const b = v - j;
  const at = j * columns + i;
  const below = at + columns;
  const mix = (p: Float64Array): number =>
    (1 - b) * ((1 - a) * (p[at] as number) + a * (p[at + 1] as number)) +
    b * ((1 - a) * (p[below] as number) + a * (p[below + 1] as number));
  return [mix(xs), mix(ys)];
}

/** The mesh with every node moved by (`dxMm`, `dyMm`)[node] on the paper. */
export function shiftMesh(mesh: PaperMesh, dxMm: Float64Array, dyMm: Float64Array): PaperMesh {
  const xs = new Float64Array(mesh.xs.length);
  const ys = new Float64Array(mesh.ys.length);
  for (let at = 0; at < xs.length; at++) {
    const xMm = mesh.originXMm + (at % mesh.columns) * mesh.stepMm + (dxMm[at] as number);
    const yMm = mesh.originYMm + Math.floor(at / mesh.columns) * mesh.stepMm + (dyMm[at] as number);
    const [x, y] = meshToPixel(mesh, xMm, yMm);
    xs[at] = x;
    ys[at] = y;
  }
  return { ...mesh, xs, ys };
}
