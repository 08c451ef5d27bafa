import type { DigitizeOverrides } from '../digitization.ts';
import type { LabelCandidate } from './find-labels.ts';
import { isUnmistakable } from './find-labels.ts';
import type { SeparatorColumn } from './find-separators.ts';
import type { ColumnFit } from './fit-columns.ts';
import { fitColumns } from './fit-columns.ts';
import { refineColumns } from './refine-columns.ts';
import { labelOdds } from './label-odds.ts';
import type { LayoutTemplate } from './layout-templates.ts';
import { LAYOUT_TEMPLATES } from './layout-templates.ts';
import type { RowExtent } from './measure-extents.ts';
import type { TraceRow } from './trace-row.ts';
import { ascending } from '../../shared/ascending.ts';

export interface ChooseTemplateInput {
  readonly rows: readonly TraceRow[];
  readonly extents: readonly RowExtent[];
  readonly separators: readonly SeparatorColumn[];
  readonly labels: readonly LabelCandidate[];
  readonly overrides: DigitizeOverrides;
  readonly pxPerMm: number;
  /** Whether neither a grid nor a person tells what `pxPerMm` is. */
  readonly isScaleAssumed?: boolean;
}

/** A layout laid over the detected rows. */
export interface TemplateChoice {
  readonly template: LayoutTemplate;
  /** Detected row that is row 0 of the template (negative when the first rows of the template are not on the page). */
  readonly rowOffset: number;
  readonly fit: ColumnFit;
  readonly score: number;
  /** How much better this is than the best choice of another kind. */
  readonly margin: number;
}

/** Share of a label's value that its place alone earns, whatever it says. */
const PLACE_SHARE = 0.35;
/** Price of a row of the template that is not on the page, and of a row of the page that is not in the template. */
const MISSING_ROW = 1.2;
const EXTRA_ROW = 1.5;
const PRIOR_WEIGHT = 0.3;
/** Any upright stroke resembles a numeral: such words hardly speak against a layout. */
const STRAY_NUMERAL = 0.04;
/** Rows that end within this distance of the median end agree with it. */
const AGREE_MM = 0.5;

/** Scores every layout, at every offset of its rows, against rows, columns and labels; returns the best. */
export function chooseTemplate(input: ChooseTemplateInput): TemplateChoice {
  const { overrides } = input;
  const choices: TemplateChoice[] = [];
  for (const template of LAYOUT_TEMPLATES) {
    if (overrides.layout && template.kind !== overrides.layout) continue;
    const fixed = typeof overrides.cabrera === 'boolean' && template.kind !== 'strip';
    if (fixed && template.cabrera !== overrides.cabrera) continue;
    choices.push(...placeTemplate(input, template));
  }
  if (choices.length === 0) throw new RangeError('No layout template is left to choose from.');
  choices.sort((a, b) => b.score - a.score);
  const best = choices[0];
  const rival = choices.find((c) => c.template.kind !== best.template.kind);
  const fit = refineColumns(evidenceFor(input, best.template, best.rowOffset), best.fit);
  return { ...best, fit, margin: rival ? best.score - rival.score : 5 };
}

function placeTemplate(input: ChooseTemplateInput, template: LayoutTemplate): TemplateChoice[] {
  const found = input.rows.length;
  const total = template.grid.length + template.rhythmRows;
  const choices: TemplateChoice[] = [];
  for (let rowOffset = Math.min(0, found - total); rowOffset <= Math.max(0, found - total); rowOffset++) {
    const fit = fitColumns(evidenceFor(input, template, rowOffset), template.grid[0].length);
    const missing = Math.max(0, total - found);
    const extra = Math.max(0, found - total);
    const score = fit.score + PRIOR_WEIGHT * template.prior - MISSING_ROW * missing - EXTRA_ROW * extra;
    choices.push({ template, rowOffset, fit, score, margin: 0 });
  }
  return choices;
}

function evidenceFor(
  input: ChooseTemplateInput,
  template: LayoutTemplate,
  rowOffset: number,
): Parameters<typeof fitColumns>[0] {
  const { rows, extents, separators, labels, pxPerMm } = input;
  const x0 = median(extents.map((e) => e.x0));
  const x1 = median(extents.map((e) => e.x1));
  const divided = rows.map((_, r) => r - rowOffset < template.grid.length);
  return {
    separators,
    labels: labels.map((label) => {
      const leads = template.grid[label.row - rowOffset];
      const byColumn = leads
        ? leads.map(
            (lead) => label.weight * (PLACE_SHARE + (1 - PLACE_SHARE) * labelOdds(label.probabilities, lead)),
          )
        : [label.weight];
      const isSure = isUnmistakable(label.probabilities);
      const stray = label.weight * (isSure ? 1 : STRAY_NUMERAL);
      return {
        row: label.row,
        x: label.box.x0,
        endX: label.box.x1,
        weight: label.weight,
        stray,
        isSure,
        byColumn,
      };
    }),
    isScaleAssumed: input.isScaleAssumed ?? false,
    x0,
    x1,
    agreeLeft:
      extents.filter((e) => e.freeLeft && Math.abs(e.x0 - x0) < AGREE_MM * pxPerMm).length / extents.length,
    agreeRight:
      extents.filter((e) => e.freeRight && Math.abs(e.x1 - x1) < AGREE_MM * pxPerMm).length / extents.length,
    freeLeft: extents.filter((e) => e.freeLeft).length * 2 > extents.length,
    freeRight: extents.filter((e) => e.freeRight).length * 2 > extents.length,
    divided,
    pxPerMm,
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort(ascending);
  return sorted[sorted.length >> 1];
}
