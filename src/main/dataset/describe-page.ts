import type { Digitization } from '../../core/digitization.ts';
import type { ProvenanceRun } from '../../core/edit/provenance-runs.ts';
import { maskWindowArea } from '../../core/mask/mask-window.ts';
import type { PageMasks } from '../../core/mask/page-masks.ts';
import type { DatasetPage } from '../../formats/dataset/dataset-manifest.ts';

/** What the corrected page itself tells of its line in the manifest. */
export type PageFacts = Pick<
  DatasetPage,
  | 'width'
  | 'height'
  | 'status'
  | 'confidence'
  | 'layout'
  | 'speedMmPerSecond'
  | 'gainMmPerMillivolt'
  | 'samplesPerSecond'
  | 'leads'
  | 'sharedPixels'
  | 'shiftedDate'
>;

/**
 * A page as the manifest of a data set has it.
 *
 * @param masks null when none are written
 */
export function describePage(
  page: Digitization,
  masks: PageMasks | null,
  runs: readonly ProvenanceRun[],
  sharedPixels: number | null,
): Omit<PageFacts, 'shiftedDate'> {
  const { layout } = page;
  const leads = (layout?.cells ?? []).map(({ id, lead, role, startSeconds, endSeconds }) => {
    const mask = masks?.leads.find(({ cellId }) => cellId === id)?.mask;
    const columns: Record<string, number> = {};
    for (const { cellId, source, firstColumn, lastColumn } of runs) {
      if (cellId === id) columns[source] = (columns[source] ?? 0) + lastColumn - firstColumn + 1;
    }
    return {
      cell: id,
      lead,
      role,
      startSeconds: rounded(startSeconds),
      endSeconds: rounded(endSeconds),
      maskPixels: mask ? maskWindowArea(mask) : null,
      columns,
    };
  });
  return {
    width: page.imageWidth,
    height: page.imageHeight,
    status: page.status,
    confidence: rounded(page.confidence),
    layout: layout && layout.kind + (layout.cabrera ? ' Cabrera' : ''),
    speedMmPerSecond: layout?.speedMmPerSecond ?? null,
    gainMmPerMillivolt: layout?.gainMmPerMillivolt ?? null,
    samplesPerSecond: page.signals[0]?.fs ?? null,
    leads,
    sharedPixels,
  };
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
