import type { CellView, PageDetail } from '../../../shared/api/page-record.ts';
import type { TraceView } from '../../../shared/api/trace-bytes.ts';
import type { PageBundle } from '../services/page-bundle.ts';
import type { Highlight } from '../stores/view-store.ts';
import { humanPath, polylinesPath, tracePath } from './build-paths.ts';
import { gradedPaths, joinGraded, type GradedPaths } from './graded-paths.ts';
import type { LayerName, LayerState } from './layer-name.ts';
import type { Points } from './polygon.ts';
import { outlineCorners } from './tidy-outlines.ts';

/** A lead ready to be painted; paths in image pixels. */
export interface SceneLead {
  readonly cell: CellView;
  readonly trace: TraceView | null;
  readonly path: Path2D | null;
  /** The same line in parts, by confidence. */
  readonly graded: GradedPaths | null;
  /** What a person drew of it. */
  readonly human: Path2D | null;
  /** The box as drawn, and its path. */
  readonly box: Points;
  readonly outline: Path2D;
  /** From the upper to the lower edge of the box, image pixels. */
  readonly down: readonly [number, number];
}

/** A page ready to be painted: built once per result, painted many times. */
export interface SceneModel {
  /** Stretches in which another version differs, under the traces; absent where nothing is compared. */
  readonly differing?: { readonly path: Path2D; readonly colour: string };
  readonly detail: PageDetail;
  readonly leads: readonly SceneLead[];
  /** The lines of all leads, by confidence. */
  readonly graded: GradedPaths;
  readonly grid: Path2D;
  readonly corners: Path2D | null;
}

/** How the page is painted right now. */
export interface SceneStyle {
  readonly layers: Readonly<Record<LayerName, LayerState>>;
  readonly hoveredCell: string | null;
  readonly highlight: Highlight | null;
  readonly peeking: boolean;
  /** What the colour of a line tells: whose it is, or how far it can be trusted. */
  readonly traceColours: TraceColours;
}

export type TraceColours = 'leads' | 'confidence';

interface TracePaths {
  readonly path: Path2D;
  readonly graded: GradedPaths;
  readonly human: Path2D | null;
}

/** Lines that are on the page still after an action are not built again. */
const built = new WeakMap<TraceView, TracePaths>();

const NO_PATHS = { path: null, graded: null, human: null };

function tracePaths(trace: TraceView): TracePaths {
  const known = built.get(trace);
  if (known) return known;
  const paths = { path: tracePath(trace), graded: gradedPaths(trace), human: humanPath(trace) };
  built.set(trace, paths);
  return paths;
}

/** Builds the paths of a page. */
export function buildSceneModel({ detail, traces, outlines }: PageBundle): SceneModel {
  const byCell = new Map(traces.map((trace) => [trace.cellId, trace]));
  const { width, height } = detail;
  // A lead reaches as far as its row, which may end beyond the paper.
  const onPicture = ([x, y]: Points[number]): Points[number] => [
    Math.max(0, Math.min(width ?? Infinity, x)),
    Math.max(0, Math.min(height ?? Infinity, y)),
  ];
  const leads = detail.cells.map((cell): SceneLead => {
    const trace = byCell.get(cell.id) ?? null;
    const box = (outlines.get(cell.id) ?? cell.outline).map(onPicture);
    const { path, graded, human } = trace ? tracePaths(trace) : NO_PATHS;
    const outline = polylinesPath([box], true);
    return { cell, box, down: downOf(cell.outline), trace, path, graded, human, outline };
  });
  return {
    detail,
    leads,
    graded: joinGraded(leads.flatMap(({ graded }) => (graded ? [graded] : []))),
    grid: polylinesPath(detail.gridLines),
    corners: detail.corners ? polylinesPath([detail.corners], true) : null,
  };
}

function downOf(outline: Points): readonly [number, number] {
  const corners = outlineCorners(outline);
  return corners ? [corners[3][0] - corners[0][0], corners[3][1] - corners[0][1]] : [0, 0];
}
