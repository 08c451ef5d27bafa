import type { LeadName } from '../../shared/lead-name.ts';
import type { Reason } from '../../shared/reason.ts';
import type { DigitizeOverrides } from '../digitization.ts';
import type { LabelCandidate } from './assign-labels.ts';
import type { SeparatorColumn } from './find-separators.ts';
import type { ColumnFit } from './fit-columns.ts';
import { fitColumns } from './fit-columns.ts';
import type { LayoutKind } from './layout.ts';
import type { LayoutTemplate } from './layout-templates.ts';
import { LAYOUT_TEMPLATES } from './layout-templates.ts';
import type { RowExtent } from './measure-extents.ts';
import type { CellName } from './place-cells.ts';
import { cellId } from './place-cells.ts';
import type { TraceRow } from './trace-row.ts';

export interface ChooseTemplateInput {
  readonly rows: readonly TraceRow[];
  readonly extents: readonly RowExtent[];
  readonly separators: readonly SeparatorColumn[];
  readonly labels: readonly LabelCandidate[];
  readonly overrides: DigitizeOverrides;
  readonly pxPerMm: number;
}

export interface TemplateChoice {
  readonly kind: LayoutKind;
  readonly cabrera: boolean;
  readonly dividedRows: number;
  readonly fit: ColumnFit;
  readonly names: ReadonlyMap<string, CellName>;
  readonly confidence: number;
  readonly reasons: readonly Reason[];
}

/** Names of rhythm rows when nothing is read, from the top. */
const RHYTHM_LEADS: readonly (readonly LeadName[])[] = [[], ['II'], ['II', 'V5'], ['V1', 'II', 'V5']];

/** Scores every layout against rows, columns and labels, and names the cells of the best. */
export function chooseTemplate(input: ChooseTemplateInput): TemplateChoice {
  const { rows, overrides } = input;
  let best: { template: LayoutTemplate; fit: ColumnFit; score: number } | null = null;
  for (const template of LAYOUT_TEMPLATES) {
    if (overrides.layout && template.kind !== overrides.layout) continue;
    if (overrides.cabrera != null && template.cabrera !== overrides.cabrera && template.kind !== 'strip')
      continue;
    const total = template.grid.length + template.rhythmRows;
    const dividedRows = Math.min(template.grid.length, rows.length);
    const fit = fitColumns(evidenceFor(input, dividedRows), template.grid[0].length);
    const score = fit.score + 0.3 * template.prior - 2 * Math.abs(total - rows.length);
    if (best === null || score > best.score) best = { template, fit, score };
  }
  if (best === null) throw new RangeError('No layout template is left to choose from.');
  const { template, fit } = best;
  const dividedRows = Math.min(template.grid.length, rows.length);
  const names = new Map<string, CellName>();
  const name = (row: number, column: number, lead: LeadName): void => {
    const stated = overrides.leads?.[cellId(row, column)];
    names.set(cellId(row, column), {
      lead: stated ?? lead,
      inverted: template.cabrera && lead === 'aVR',
      labelBox: null,
      labelSource: stated ? 'user' : 'layout',
      confidence: 0.6,
    });
  };
  for (let r = 0; r < dividedRows; r++) template.grid[r].forEach((lead, c) => name(r, c, lead));
  const rhythm = RHYTHM_LEADS[template.rhythmRows];
  for (let r = dividedRows; r < rows.length; r++) name(r, 0, rhythm[r - dividedRows] ?? 'II');
  return {
    kind: template.kind,
    cabrera: template.cabrera,
    dividedRows,
    fit,
    names,
    confidence: 0.6,
    reasons: [
      {
        code: 'layout-assumed',
        severity: 'info',
        message: `The layout ${template.kind} fits the rows and columns.`,
      },
    ],
  };
}

function evidenceFor(input: ChooseTemplateInput, dividedRows: number): Parameters<typeof fitColumns>[0] {
  const { rows, extents, separators, labels, pxPerMm } = input;
  return {
    separators,
    labels: labels.map((l) => ({ row: l.row, x: l.box.x0, weight: l.confidence })),
    x0: median(extents.map((e) => e.x0)),
    x1: median(extents.map((e) => e.x1)),
    freeLeft: extents.filter((e) => e.freeLeft).length * 2 > extents.length,
    freeRight: extents.filter((e) => e.freeRight).length * 2 > extents.length,
    dividedRows,
    totalRows: rows.length,
    pxPerMm,
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
