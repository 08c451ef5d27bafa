import type { CellView, PageDetail } from '../../../shared/api/page-record.ts';
import type { TraceView } from '../../../shared/api/trace-bytes.ts';
import type { PageBundle } from '../services/page-bundle.ts';
import type { Highlight } from '../stores/view-store.ts';
import { doubtfulPath, humanPath, polylinesPath, tracePath } from './build-paths.ts';
import type { LayerName, LayerState } from './layer-name.ts';
import type { Points } from './polygon.ts';
import { outlineCorners } from './tidy-outlines.ts';

/** A lead ready to be painted; paths in image pixels. */
export interface SceneLead {
  readonly cell: CellView;
  readonly trace: TraceView | null;
  readonly path: Path2D | null;
  readonly doubtful: Path2D | null;
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
  readonly grid: Path2D;
  readonly corners: Path2D | null;
}

/** How the page is painted right now. */
export interface SceneStyle {
  readonly layers: Readonly<Record<LayerName, LayerState>>;
  readonly hoveredCell: string | null;
  readonly highlight: Highlight | null;
  readonly peeking: boolean;
}

/** Builds the paths of a page, about 5 ms. */
export function buildSceneModel({ detail, traces, outlines }: PageBundle): SceneModel {
  const byCell = new Map(traces.map((trace) => [trace.cellId, trace]));
  const { width, height } = detail;
  // A lead reaches as far as its row, which may end beyond the paper.
  const onPicture = ([x, y]: Points[number]): Points[number] => [
    Math.max(0, Math.min(width ?? Infinity, x)),
    Math.max(0, Math.min(height ?? Infinity, y)),
  ];
  return {
    detail,
    leads: detail.cells.map((cell) => {
      const trace = byCell.get(cell.id) ?? null;
      const box = (outlines.get(cell.id) ?? cell.outline).map(onPicture);
      return {
        cell,
        box,
        down: downOf(cell.outline),
        trace,
        path: trace && tracePath(trace),
        doubtful: trace && doubtfulPath(trace),
        human: trace && humanPath(trace),
        outline: polylinesPath([box], true),
      };
    }),
    grid: polylinesPath(detail.gridLines),
    corners: detail.corners ? polylinesPath([detail.corners], true) : null,
  };
}

function downOf(outline: Points): readonly [number, number] {
  const corners = outlineCorners(outline);
  return corners ? [corners[3][0] - corners[0][0], corners[3][1] - corners[0][1]] : [0, 0];
}
