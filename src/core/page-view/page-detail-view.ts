import type { z } from 'zod';
import type { Digitization } from '../digitization.ts';
import type { LeadCell } from '../lead/layout.ts';
import type { PageDetail, PageOverrides, PageSummary, pageDetail } from '../../shared/api/page-record.ts';
import { gridLines } from './grid-lines.ts';
import { imageOutline } from './image-outline.ts';

/** What the `page` route answers. */
export type PageDetailView = z.input<typeof pageDetail>;

const NOTHING_FOUND = {
  facts: null,
  corners: null,
  cells: [],
  gridLines: [],
  pulses: [],
  textBoxes: { reviewed: false, boxes: [] },
  regions: [],
  findings: [],
  stages: [],
  reasons: [],
  model: null,
} satisfies Partial<PageDetail>;

/**
 * Everything the window shows about a page except pixels, traces and signals: outlines in image pixels, facts,
 * findings, and every stage's reasons.
 *
 * @param extra.model words for the model that was at hand, null for none
 * @param extra.textBoxes the print on the page, see `textBoxesOf`
 * @param extra.regions see `regionViews`
 * @param extra.hasReference whether signals are known of the page
 * @param page null while the page has not been digitized
 */
export function pageDetailView(
  summary: PageSummary,
  overrides: PageOverrides,
  page: Digitization | null,
  extra: Pick<PageDetailView, 'model' | 'hasReference' | 'textBoxes' | 'regions'>,
): PageDetailView {
  if (!page) return { ...summary, overrides, ...NOTHING_FOUND, hasReference: extra.hasReference };
  const { layout, rectification, findings, stages, reasons } = page;
  const warp = rectification?.warp ?? null;
  return {
    ...summary,
    overrides,
    facts: facts(page),
    corners: rectification ? rectification.corners.map(([x, y]): [number, number] => [x, y]) : null,
    cells: layout && warp ? layout.cells.map((cell) => cellView(cell, imageOutline(warp, cell))) : [],
    gridLines: gridLines(rectification?.lattice ?? null),
    pulses:
      layout && warp
        ? layout.pulses.map(({ box, heightMm, widthMm }) => {
            return { outline: imageOutline(warp, box), heightMm, widthMm };
          })
        : [],
    findings: findings.map((finding) => ({ ...finding, leads: [...finding.leads] })),
    stages: stages.map((stage) => ({ ...stage, reasons: [...stage.reasons] })),
    reasons: [...reasons],
    ...extra,
  };
}

function facts({ layout, rectification }: Digitization): PageDetail['facts'] {
  if (!layout || !rectification) return null;
  return {
    layout: layout.kind,
    cabrera: layout.cabrera,
    speedMmPerSecond: layout.speedMmPerSecond,
    speedSource: layout.speedSource,
    gainMmPerMillivolt: layout.gainMmPerMillivolt,
    gainSource: layout.gainSource,
    pxPerMmX: rectification.pxPerMmX,
    pxPerMmY: rectification.pxPerMmY,
    quarterTurns: rectification.quarterTurns,
    skewDegrees: rectification.skewDegrees,
    gridKind: rectification.gridKind,
  };
}

/** A lead cell as the page view draws it. */
export function cellView(cell: LeadCell, outline: [number, number][]): PageDetail['cells'][number] {
  const { id, lead, role, row, column, startSeconds, endSeconds, inverted, labelSource, confidence } = cell;
  return {
    id,
    lead,
    role,
    row,
    column,
    outline,
    startSeconds,
    endSeconds,
    inverted,
    labelSource,
    confidence,
  };
}
