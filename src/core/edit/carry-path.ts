import { samplesOf, type EditedPath } from './edited-path.ts';
import { isHuman, PROVENANCE } from './provenance.ts';

/** Where a canonical pixel of one reading of a page lies in another. */
export type Move = (x: number, y: number) => [number, number];

/** A path of so many columns from `x0` on which nothing is drawn. */
export function emptyPath(
  like: Pick<EditedPath, 'cellId' | 'samplesPerPx' | 'strokeWidthPx'>,
  x0: number,
  columns: number,
): EditedPath {
  const { cellId, samplesPerPx, strokeWidthPx } = like;
  return {
    cellId,
    x0,
    samplesPerPx,
    strokeWidthPx,
    fineY: new Float32Array(samplesOf(columns, samplesPerPx)).fill(Number.NaN),
    confidence: new Float32Array(columns),
    provenance: new Uint8Array(columns),
  };
}

/** The path over at least the columns from `x0` to before `x1`; new ones are empty. */
export function stretchPath(path: EditedPath, x0: number, x1: number): EditedPath {
  const { samplesPerPx: s, provenance } = path;
  const from = Math.min(x0, path.x0);
  const to = Math.max(x1, path.x0 + provenance.length);
  if (from === path.x0 && to === path.x0 + provenance.length) return path;
  const wide = emptyPath(path, from, to - from);
  wide.fineY.set(path.fineY, (path.x0 - from) * s);
  wide.confidence.set(path.confidence, path.x0 - from);
  wide.provenance.set(provenance, path.x0 - from);
  return wide;
}

/** Whether a person answers for any column. */
export function hasHumanColumns({ provenance }: EditedPath): boolean {
  return provenance.some(isHuman);
}

/**
 * The columns that a person drew, laid over another reading where they lie on the scan; that reading is widened where they
 * reach beyond it. Columns of the machine fill what is empty there.
 *
 * @param ground - the other reading
 * @param width - of the page `ground` is on, canonical pixels: nothing is carried beyond it
 */
export function carryPath(old: EditedPath, ground: EditedPath, move: Move, width: number): EditedPath {
  const human = runs(old, move).filter(({ isHuman }) => isHuman);
  const reach = human.flatMap(({ points }) => [points[0]![0], points.at(-1)![0]]);
  const x0 = Math.max(0, Math.round(Math.min(ground.x0, ...reach)));
  const x1 = Math.min(width, Math.round(Math.max(...reach, ground.x0)) + 1);
  const wide = stretchPath(ground, x0, x1);
  const next = {
    ...wide,
    fineY: wide.fineY.slice(),
    confidence: wide.confidence.slice(),
    provenance: wide.provenance.slice(),
  };
  const empty = beyondInk(wide);
  for (const run of runs(old, move)) if (!run.isHuman) lay(run, old, next, empty);
  for (const run of human) lay(run, old, next, null);
  return next;
}

/** 1 for columns before the first and behind the last in which something was read. */
function beyondInk({ fineY, samplesPerPx, provenance }: EditedPath): Uint8Array {
  const isRead = (row: number): boolean => !Number.isNaN(row);
  const first = fineY.findIndex(isRead);
  const last = fineY.findLastIndex(isRead);
  return provenance.map((_, column) => {
    const k = column * samplesPerPx;
    return first < 0 || k < first || k > last ? 1 : 0;
  });
}

/** Columns of one kind, side by side, where they lie in the other reading. */
interface Run {
  readonly first: number;
  readonly isHuman: boolean;
  /** One per sample; NaN rows where nothing is printed. */
  readonly points: readonly [number, number][];
}

function runs(path: EditedPath, move: Move): Run[] {
  const { samplesPerPx: s, provenance, fineY, x0 } = path;
  const kind = (column: number): number => {
    const value = provenance[column]!;
    return value === PROVENANCE.blank ? 2 : isHuman(value) ? 1 : 0;
  };
  const found: Run[] = [];
  for (let first = 0; first < provenance.length;) {
    let last = first;
    while (last + 1 < provenance.length && kind(last + 1) === kind(first)) last++;
    const beside = besideRow(path, first);
    const points: [number, number][] = [];
    for (let k = first * s; k <= last * s; k++) {
      const row = kind(first) === 2 ? Number.NaN : fineY[k]!;
      const [x, y] = move(x0 + k / s, Number.isNaN(row) ? beside : row);
      points.push([x, Number.isNaN(row) ? Number.NaN : y]);
    }
    found.push({ first, isHuman: kind(first) > 0, points });
    first = last + 1;
  }
  return found;
}

/** A row near a column, which tells where on the bent paper a gap lies. */
function besideRow({ fineY, samplesPerPx }: EditedPath, column: number): number {
  for (let off = 0; off < fineY.length; off++) {
    for (const k of [column * samplesPerPx - off, column * samplesPerPx + off]) {
      if (k >= 0 && k < fineY.length && !Number.isNaN(fineY[k]!)) return fineY[k]!;
    }
  }
  return 0;
}

/** Lays columns over a path; where `only` is given, on the columns it marks alone. */
function lay(
  { first: origin, points, isHuman: human }: Run,
  { samplesPerPx: perColumn, provenance, confidence }: EditedPath,
  next: EditedPath,
  only: Uint8Array | null,
): void {
  const { x0, samplesPerPx: s } = next;
  const first = Math.max(0, Math.ceil(points[0]![0] - x0 - 0.5));
  const last = Math.min(next.provenance.length - 1, Math.floor(points.at(-1)![0] - x0 + 0.5));
  let at = 0;
  for (let k = first * s; k <= last * s; k++) {
    const x = x0 + k / s;
    const column = Math.min(last, Math.round(k / s));
    while (at + 2 < points.length && points[at + 1]![0] < x) at++;
    if (only && !only[column]) continue;
    const [ax, ay] = points[at]!;
    const [bx, by] = points[Math.min(points.length - 1, at + 1)]!;
    const share = bx > ax ? Math.max(0, Math.min(1, (x - ax) / (bx - ax))) : 0;
    next.fineY[k] = share === 0 ? ay : share === 1 ? by : ay + (by - ay) * share;
    if (k % s !== 0) continue;
    const source = Math.min(provenance.length - 1, origin + Math.round((at + share) / perColumn));
    next.provenance[column] = provenance[source]!;
    next.confidence[column] = human ? 1 : confidence[source]!;
  }
}
