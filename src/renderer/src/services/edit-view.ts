import { imageOutline } from '../../../core/page-view/image-outline.ts';
import { regionViews } from '../../../core/page-view/region-views.ts';
import { cellView } from '../../../core/page-view/page-detail-view.ts';
import { traceView } from '../../../core/page-view/trace-views.ts';
import { toTracePath, type EditedPath } from '../../../core/edit/edited-path.ts';
import type { PageEditor } from '../../../core/edit/page-editor.ts';
import type { LeadSignal } from '../../../core/signal/lead-signal.ts';
import type { SignalView } from '../../../shared/api/signal-bytes.ts';
import type { TraceView } from '../../../shared/api/trace-bytes.ts';
import { tidyOutlines } from '../canvas/tidy-outlines.ts';
import type { PageBundle } from './page-bundle.ts';

/** A path of the page being corrected as the page view draws it. */
export function editedTraceView(editor: PageEditor, path: EditedPath): TraceView {
  return traceView(editor.cell(path.cellId), toTracePath(path), editor.ground.rectification.warp);
}

export function signalView(signal: LeadSignal): SignalView {
  const { cellId, lead, role, startSeconds, fs, millivolts, confidence } = signal;
  return { cellId, lead, role, startSeconds, fs, millivolts, confidence };
}

/**
 * What is shown of a page with its corrections in it, also those that are not saved yet.
 *
 * @param cellIds leads to draw anew; all when absent. 1 ms per lead
 */
export function withEdits(bundle: PageBundle, editor: PageEditor, cellIds?: ReadonlySet<string>): PageBundle {
  const layout = editor.layout();
  const { warp } = editor.ground.rectification;
  const isStale = (cellId: string): boolean => cellIds === undefined || cellIds.has(cellId);
  const traces = layout.cells.flatMap(({ id }): TraceView[] => {
    const known = bundle.traces.find(({ cellId }) => cellId === id);
    if (known && !isStale(id)) return [known];
    const path = editor.path(id);
    return path ? [editedTraceView(editor, path)] : [];
  });
  const signals = layout.cells.flatMap(({ id }): SignalView[] => {
    const known = bundle.signals.find(({ cellId }) => cellId === id);
    if (known && !isStale(id)) return [known];
    const signal = editor.signal(id);
    return signal ? [signalView(signal)] : [];
  });
  const cells = layout.cells.map((cell) => {
    const known = bundle.detail.cells.find(({ id }) => id === cell.id);
    return known && !isStale(cell.id) ? known : cellView(cell, imageOutline(warp, cell));
  });
  const outlines = cells.some((cell, i) => cell !== bundle.detail.cells[i])
    ? tidyOutlines(cells)
    : bundle.outlines;
  const { facts } = bundle.detail;
  return {
    ...bundle,
    traces,
    signals,
    outlines,
    detail: {
      ...bundle.detail,
      cells,
      textBoxes: editor.textBoxes(),
      regions: regionViews(editor.regions()),
      facts: facts && {
        ...facts,
        layout: layout.kind,
        speedMmPerSecond: layout.speedMmPerSecond,
        speedSource: layout.speedSource,
        gainMmPerMillivolt: layout.gainMmPerMillivolt,
        gainSource: layout.gainSource,
      },
    },
  };
}
