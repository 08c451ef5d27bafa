import type { CellView, PageDetail } from '../../../shared/api/page-record.ts';
import type { TraceView } from '../../../shared/api/trace-bytes.ts';
import type { Highlight } from '../stores/view-store.ts';
import { doubtfulPath, polylinesPath, tracePath } from './build-paths.ts';
import type { LayerName, LayerState } from './layer-name.ts';

/** A lead ready to be painted; paths in image pixels. */
export interface SceneLead {
  readonly cell: CellView;
  readonly trace: TraceView | null;
  readonly path: Path2D | null;
  readonly doubtful: Path2D | null;
  readonly outline: Path2D;
}

/** A page ready to be painted: built once per result, painted many times. */
export interface SceneModel {
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
export function buildSceneModel(detail: PageDetail, traces: readonly TraceView[]): SceneModel {
  const byCell = new Map(traces.map((trace) => [trace.cellId, trace]));
  return {
    detail,
    leads: detail.cells.map((cell) => {
      const trace = byCell.get(cell.id) ?? null;
      return {
        cell,
        trace,
        path: trace && tracePath(trace),
        doubtful: trace && doubtfulPath(trace),
        outline: polylinesPath([cell.outline], true),
      };
    }),
    grid: polylinesPath(detail.gridLines),
    corners: detail.corners ? polylinesPath([detail.corners], true) : null,
  };
}
