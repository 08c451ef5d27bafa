import { AppError } from '../../shared/app-error.ts';
import type { Reason, StageResult } from '../../shared/reason.ts';
import type { DigitizeOverrides } from '../digitization.ts';
import { measureRuleRounding } from '../grid/measure-rule-rounding.ts';
import type { InkMap } from '../mask/ink-map.ts';
import { ascending } from '../../shared/ascending.ts';
import type { CanonicalPage, Rectification } from '../page/rectification.ts';
import { imageToCanonical } from '../page/warp-map.ts';
import { beginBeforeNames } from './begin-before-names.ts';
import { beginBehindFeet } from './begin-behind-feet.ts';
import { beginBehindNames } from './begin-behind-names.ts';
import { centreSeparators } from './centre-separators.ts';
import { completePulses } from './complete-pulses.ts';
import { findPulseLadder } from './find-pulse-ladder.ts';
import { findPulses, type PaperEdges } from './find-pulses.ts';
import { findRows } from './find-rows.ts';
import { findDottedLines } from './find-dotted-lines.ts';
import { completeSeparators } from './complete-separators.ts';
import { findSharedPulses } from './find-shared-pulses.ts';
import { findSeparators } from './find-separators.ts';
import { findTextLines } from './find-text-lines.ts';
import { findUprights } from './find-uprights.ts';
import { findWords } from './find-words.ts';
import { hasPulseSize } from './has-pulse-size.ts';
import { hasRuledLines } from './has-ruled-lines.ts';
import { inkLevel } from './ink-level.ts';
import { findInkComponents } from './ink-components.ts';
import type { Box } from '../image/raster.ts';
import { SURE_PRINT, type Layout, type LeadCell, type TextBox } from './layout.ts';
import { keepAlikeSeparators } from './keep-alike-separators.ts';
import { keepRepeatedSeparators } from './keep-repeated-separators.ts';
import { keepSparseSeparators } from './keep-sparse-separators.ts';
import { measureExtents } from './measure-extents.ts';
import { placeCells } from './place-cells.ts';
import { chooseScale, type PaperScale } from './choose-scale.ts';
import { chooseTemplate } from './choose-template.ts';
import { settleOnGrid } from './settle-on-grid.ts';
import { unstackPulses } from './unstack-pulses.ts';
import { withDottedLines } from './with-dotted-lines.ts';
import { rowLevel } from './row-level.ts';
import { seekLabels } from './seek-labels.ts';
import { withRhythmRows } from './layout-templates.ts';
import { makeTraceGrid } from './trace-grid.ts';
import { evenInk } from './even-ink.ts';
import { findLabels, isUnmistakable } from './find-labels.ts';
import { matchLabels, nameCells } from './name-cells.ts';
import { orderByNames } from './order-by-names.ts';
import { readScaleText } from './read-scale-text.ts';
import { readThrough } from './read-through.ts';
import { withoutLettering } from './without-lettering.ts';

export interface FindLayoutOptions {
  /** What a person stated; it wins over what is found. */
  readonly overrides?: DigitizeOverrides;
  /** Lets the stage stop between its steps. */
  readonly signal?: AbortSignal;
}

/** Words stand at least this far from the baseline of any row. */
const CLEAR_MM = 4;
/** What stands further than this from every row is no piece of a peak, millimetres. */
const FAR_MM = 14;
/** How surely short words that nobody read are print. */
const SHORT_PRINT = 0.2;
/** Letters from which a word, or the words of a line, are surely print. */
const WORD_LETTERS = 3;
const LINE_LETTERS = 5;

/**
 * Finds which lead is printed where on a canonical page, when, and at what speed and gain.
 *
 * Rows come from the profile of flat ink, columns from separators, labels and the extent of the trace, names from the
 * labels reconciled with the known layouts. Works on the ink alone.
 *
 * @throws AppError `no-ecg` when the page holds no row of trace; DOMException `AbortError` when cancelled
 */
export function findLayout(
  page: CanonicalPage,
  ink: InkMap,
  options: FindLayoutOptions = {},
): StageResult<Layout> {
  const { overrides = {}, signal } = options;
  const pxPerMm = page.rectification.canonicalPxPerMm;
  const { strokeWidthPx } = ink;
  const all = evenInk(ink.kinds?.coverage ?? ink.coverage);
  const coverage = ink.kinds ? withoutLettering(all, ink.kinds) : all;
  const { width, height } = coverage;
  const reasons: Reason[] = [];

  const inked = inkLevel(coverage);
  const components = findInkComponents(coverage, inked);
  signal?.throwIfAborted();
  const ruled = page.rectification.gridKind !== 'none' && hasRuledLines(components, width, height, pxPerMm);
  const grid = makeTraceGrid(components, width, height, pxPerMm, {
    skipLattice: ruled,
    keepLetterSized: ink.kinds !== undefined,
  });
  const rows = findRows(grid);
  if (rows.length === 0) {
    throw new AppError(
      'no-ecg',
      'No row of ECG trace was found on this page; check that it shows an ECG and is the right way up.',
    );
  }
  const ladder = findPulseLadder(coverage, rows, pxPerMm);
  const edges = paperEdges(page.rectification);
  const alone = unstackPulses(
    completePulses(
      findPulses(coverage, components, rows, pxPerMm, strokeWidthPx, edges),
      // A name beside a leg takes it with it.
      all,
      rows,
      pxPerMm,
    ),
    coverage,
    pxPerMm,
  );
  const isScaleAssumed = page.rectification.gridKind === 'none' && !overrides.pxPerMm;
  const shared =
    2 * alone.length < rows.length ? findSharedPulses(coverage, rows, pxPerMm, isScaleAssumed) : [];
  const together = shared.length > alone.length && !alone.some(hasPulseSize) ? shared : alone;
  const pulses = ladder.length > 0 ? ladder : together;
  signal?.throwIfAborted();
  const measured = beginBehindFeet(
    measureExtents(coverage, grid, rows, pulses, pxPerMm),
    pulses,
    coverage,
    pxPerMm,
  );
  const { words, print } = ink.kinds
    ? readThrough(all, ink.kinds, inked, pxPerMm)
    : { words: findWords(components, pxPerMm), print: coverage };
  const level = rowLevel(rows, grid.cellPx, pxPerMm);
  // A leg that a copier parted from its pulse looks like a numeral.
  const apart = words.filter(({ box }) => !pulses.some((pulse) => liesIn(box, pulse.box, 0.5 * pxPerMm)));
  const labels = findLabels(print, apart, rows, pxPerMm, level);
  const extents = beginBeforeNames(
    beginBehindNames(measured, labels, level, pxPerMm),
    words.map(({ box }) => box),
    // A model takes short pieces of trace beside letters for lettering, or for nothing.
    ink.kinds ? evenInk(ink.coverage) : all,
    level,
    rows.map((_, r) => pulses.find((p) => p.row === r && p.side === 'left')?.box.x1 ?? null),
    pxPerMm,
  );
  signal?.throwIfAborted();
  const legs = pulses.map((p) => ({ x0: p.leftX - 0.6 * pxPerMm, x1: p.rightX + 0.6 * pxPerMm }));
  const letters = [
    ...labels.filter((l) => isUnmistakable(l.probabilities)).map((l) => l.box),
    ...words.filter((word) => !word.bars).map((word) => word.box),
  ];
  // In all the ink: a model takes the end of a separator for lettering where a lead name touches it.
  const uprights = findUprights(all, pxPerMm).filter(
    (u) =>
      !legs.some((l) => u.x > l.x0 && u.x < l.x1) &&
      !letters.some(
        (b) => u.x > b.x0 - 1 && u.x < b.x1 + 1 && u.y0 > b.y0 - pxPerMm && u.y1 < b.y1 + pxPerMm,
      ),
  );
  const separators = withDottedLines(
    centreSeparators(
      keepSparseSeparators(findSeparators(uprights, rows, pxPerMm), rows.length),
      coverage,
      pxPerMm,
    ),
    rows.length > 1
      ? findDottedLines(
          coverage,
          rows.map((row) => row.baselineY),
          pxPerMm,
        )
      : [],
    extents,
    pxPerMm,
  );
  signal?.throwIfAborted();

  const chosen = chooseTemplate({ rows, extents, separators, labels, overrides, pxPerMm, isScaleAssumed });
  const drawnPixelMm =
    page.rectification.gridKind === 'none'
      ? null
      : measureRuleRounding(page.raster, pxPerMm, 1 / page.rectification.pxPerMmX);
  const settled = { ...chosen, fit: settleOnGrid(chosen.fit, drawnPixelMm, pxPerMm) };
  const matched = matchLabels(settled, labels, pxPerMm);
  seekLabels(all, settled, matched, rows, level);
  const named = nameCells(settled, matched, rows, overrides);
  const choice = typeof overrides.cabrera === 'boolean' ? settled : orderByNames(settled, named.names);
  const {
    names,
    rhythmRows,
    reasons: naming,
  } = choice === settled ? named : nameCells(choice, matched, rows, overrides);
  reasons.push(...naming);
  const lines = findTextLines(words);
  const readings = readScaleText(print, lines, rows, pxPerMm);
  const scale = chooseScale({ pulses, readings, cellWidthMm: choice.fit.width / pxPerMm }, overrides);
  reasons.push(...scale.reasons);
  const cells = placeCells({
    rows,
    extents,
    grid,
    fit: choice.fit,
    dividedRows: choice.template.grid.length + choice.rowOffset,
    names,
    pulseLeft: rows.map((_, r) => pulses.some((p) => p.row === r && p.side === 'left')),
    pulseRight: rows.map((_, r) => pulses.some((p) => p.row === r && p.side === 'right')),
    speedMmPerSecond: scale.speedMmPerSecond,
    pxPerMm,
    pageWidth: width,
    pageHeight: height,
  }).map((cell) => withOwnGain(cell, scale));
  const text: TextBox[] = [];
  for (const cell of cells) {
    if (cell.labelBox === null) continue;
    text.push({ box: cell.labelBox, text: cell.lead, kind: 'lead-label', confidence: cell.confidence });
  }
  for (const { box, text: read, kind, probability } of readings) {
    text.push({ box, text: read, kind, confidence: probability });
  }
  // Only words clear of every row: a fragment of trace may have the size of a word too.
  const offRows = ({ y0, y1 }: Box, mm: number): boolean =>
    rows.every((r) => y1 < r.baselineY - mm * pxPerMm || y0 > r.baselineY + mm * pxPerMm);
  const meets = (a: Box, b: Box): boolean => a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
  for (const { box, letters } of words) {
    if (!offRows(box, CLEAR_MM) || readings.some((r) => meets(box, r.box))) continue;
    // Short words are print where longer ones stand on their line, or where no peak reaches.
    const sure = letters.length >= WORD_LETTERS;
    const enough =
      sure ||
      lines.some(
        (line) =>
          line.letters >= LINE_LETTERS &&
          line.box.x0 <= box.x0 &&
          line.box.x1 >= box.x1 &&
          meets(line.box, box),
      ) ||
      (letters.length > 1 && offRows(box, FAR_MM));
    if (enough) text.push({ box, text: '', kind: 'other', confidence: sure ? SURE_PRINT : SHORT_PRINT });
  }
  const boundaries = Array.from(
    { length: choice.fit.count + 1 },
    (_, k) => choice.fit.origin + k * choice.fit.width,
  );
  const isNear = (edge: number, x: number): boolean => Math.abs(edge - x) < 1.5 * pxPerMm;
  const layout: Layout = {
    kind: withRhythmRows(choice.template, rhythmRows),
    cabrera: choice.template.cabrera,
    cells,
    pulses: pulses.map(({ box, heightMm, widthMm, row, side }) => ({ box, heightMm, widthMm, row, side })),
    text,
    separators: completeSeparators(
      keepRepeatedSeparators(
        keepAlikeSeparators(separators.filter(({ x }) => boundaries.some((edge) => isNear(edge, x)))),
        boundaries,
        isNear,
      ),
      boundaries,
      isNear,
      all,
    ).flatMap((s) => s.marks),
    speedMmPerSecond: scale.speedMmPerSecond,
    gainMmPerMillivolt: scale.gainMmPerMillivolt,
    speedSource: scale.speedSource,
    gainSource: scale.gainSource,
    scaleConfidence: scale.trust,
  };
  const confidence = Math.min(1, 0.6 + 0.2 * Math.max(0, choice.margin)) * scale.trust;
  return { value: layout, confidence, reasons };
}

/** Where the paper begins and ends on the canonical page; undefined where nothing tells. */
function paperEdges({ corners, warp }: Rectification): PaperEdges | undefined {
  const xs = corners.map(([x, y]) => imageToCanonical(warp, x, y)[0]).sort(ascending);
  return xs.length === 4 ? { x0: xs[1]!, x1: xs[2]! } : undefined;
}

/** Whether a box lies within another one that is larger by `play` on all sides. */
function liesIn(box: Box, outer: Box, play: number): boolean {
  return (
    box.x0 >= outer.x0 - play &&
    box.x1 <= outer.x1 + play &&
    box.y0 >= outer.y0 - play &&
    box.y1 <= outer.y1 + play
  );
}

/** A chest lead with the gain that the print gives the chest leads alone. */
function withOwnGain(cell: LeadCell, scale: PaperScale): LeadCell {
  const own = scale.chestGainMmPerMillivolt;
  return own !== null && cell.lead.startsWith('V') ? { ...cell, gainMmPerMillivolt: own } : cell;
}
