import type { Box, FloatRaster } from '../image/raster.ts';
import type { TemplateChoice } from './choose-template.ts';
import type { LabelCandidate } from './find-labels.ts';
import { LABEL_CLASSES } from './label-net.ts';
import { labelOdds } from './label-odds.ts';
import { cellId } from './place-cells.ts';
import { readLabel } from './read-label.ts';
import type { RowLevel } from './row-level.ts';
import type { TraceRow } from './trace-row.ts';
import { ascending } from '../../shared/ascending.ts';

/** Labels that agree on where labels stand before others are sought there. */
const MIN_GUIDES = 2;
/** A read is a guide, or needs no second look, from this probability. */
const SURE = 0.6;
/** Where to look around the expected place, in shares of the label's height. */
const STEPS_X = [0, -0.12, 0.12, -0.3, 0.3];
const STEPS_Y = [0, -0.12, 0.12];
/** Width of the box read, in heights: the widest that is not squeezed. */
const WIDTH = 2.6;
/** A label found by looking closely is trusted a little less. */
const TRUST = 0.85;
/** The same of one that reads as another name than stands there usually: pieces of traces look like some name somewhere. */
const ELSEWHERE_TRUST = 0.45;
const OTHER = LABEL_CLASSES.indexOf('other');

/**
 * Looks for labels that touch the trace and so are no words of their own: once several labels of a page agree on where
 * labels stand in their cells, the same place is read in the cells that have none. Adds what it finds to `matched`.
 */
export function seekLabels(
  coverage: FloatRaster,
  choice: TemplateChoice,
  matched: Map<string, LabelCandidate>,
  rows: readonly TraceRow[],
  level: RowLevel = (row) => rows[row].baselineY,
): void {
  const { fit, template, rowOffset } = choice;
  const guides: { column: number; dx: number; dy: number; height: number }[] = [];
  for (const [id, label] of matched) {
    const lead = expectedLead(choice, id);
    if (lead === null || labelOdds(label.probabilities, lead) < SURE) continue;
    const column = Number(id.slice(id.indexOf('c') + 1));
    guides.push({
      column,
      dx: label.box.x0 - fit.origin - column * fit.width,
      dy: (label.box.y0 + label.box.y1) / 2 - level(label.row, label.box.x0),
      height: label.box.y1 - label.box.y0,
    });
  }
  if (guides.length < MIN_GUIDES) return;
  // Labels may drift against the columns from left to right: those of the same column tell best.
  const offsetX = (column: number): number => {
    const own = guides.filter((g) => g.column === column);
    return median((own.length > 0 ? own : guides).map((g) => g.dx));
  };
  const height = median(guides.map((g) => g.height));
  const offsetsY = [median(guides.map((g) => g.dy))];
  for (let r = 0; r < rows.length; r++) {
    const divided = r - rowOffset < template.grid.length;
    for (let c = 0; c < (divided ? fit.count : 1); c++) {
      const id = cellId(r, c);
      const lead = expectedLead(choice, id);
      if (lead === null) continue;
      const known = matched.get(id);
      if (known && labelOdds(known.probabilities, lead) * known.weight >= SURE) continue;
      const sibling = sameRowOffset(matched, r, level);
      const x = fit.origin + c * fit.width + offsetX(c);
      const centres = (sibling === null ? offsetsY : [sibling]).map((dy) => level(r, x) + dy);
      const sought = look(coverage, x, centres, height, r);
      if (sought === null) continue;
      // Rhythm strips show any lead.
      const isUsual = !divided || labelOdds(sought.probabilities, lead) >= SURE;
      const found = isUsual ? sought : { ...sought, weight: ELSEWHERE_TRUST };
      const better = known ? Math.max(...known.probabilities.subarray(0, OTHER)) * known.weight : 0;
      if (Math.max(...found.probabilities.subarray(0, OTHER)) * found.weight > better) matched.set(id, found);
    }
  }
}

/** Vertical offset of the other labels in the row, when there are any: wander moves the row, not the print. */
function sameRowOffset(
  matched: ReadonlyMap<string, LabelCandidate>,
  r: number,
  level: RowLevel,
): number | null {
  const offsets: number[] = [];
  for (const label of matched.values()) {
    if (label.row !== r || label.probabilities[OTHER] > 0.3) continue;
    offsets.push((label.box.y0 + label.box.y1) / 2 - level(r, label.box.x0));
  }
  return offsets.length > 0 ? median(offsets) : null;
}

function look(
  coverage: FloatRaster,
  x: number,
  centres: readonly number[],
  height: number,
  row: number,
): LabelCandidate | null {
  let best: LabelCandidate | null = null;
  let most = 0.3;
  for (const centre of centres) {
    for (const sy of STEPS_Y) {
      for (const sx of STEPS_X) {
        const x0 = x + sx * height;
        const y0 = centre + (sy - 0.5) * height;
        const box: Box = { x0, y0, x1: x0 + WIDTH * height, y1: y0 + height };
        if (x0 < 0 || y0 < 0 || box.x1 >= coverage.width || box.y1 >= coverage.height) continue;
        const probabilities = readLabel(coverage, box);
        let p = 0;
        for (let k = 0; k < OTHER; k++) if (probabilities[k] > p) p = probabilities[k];
        if (p > most) {
          most = p;
          best = { row, box: roundOut(box), probabilities, weight: TRUST };
        }
        if (most > 0.93) return best;
      }
    }
  }
  return best;
}

function roundOut(box: Box): Box {
  return { x0: Math.floor(box.x0), y0: Math.floor(box.y0), x1: Math.ceil(box.x1), y1: Math.ceil(box.y1) };
}

function expectedLead(choice: TemplateChoice, id: string): LabelLead | null {
  const row = Number(id.slice(1, id.indexOf('c'))) - choice.rowOffset;
  const column = Number(id.slice(id.indexOf('c') + 1));
  if (row < 0) return null;
  return choice.template.grid[row]?.[column] ?? 'II';
}

type LabelLead = Parameters<typeof labelOdds>[1];

function median(values: readonly number[]): number {
  const sorted = [...values].sort(ascending);
  return sorted[sorted.length >> 1];
}
