import type { Digitization } from '../digitization.ts';
import type { MaskTiles } from '../edit/mask-tiles.ts';
import type { Box, FloatRaster } from '../image/raster.ts';
import type { LeadCell } from '../lead/layout.ts';
import { SEGMENT_CLASSES, type SegmentClass } from '../mask/segment-classes.ts';
import { paintSegment, type CoveragePlane } from '../synthesis/page/paint-strokes.ts';
import type { TracePath } from '../trace/trace-path.ts';
import { paintMask } from './paint-mask.ts';
import { paperWeight } from './paper-weight.ts';
import { silenceUnseen } from './silence-unseen.ts';

/** Targets of an accepted page and what of them a person answers for, one plane per class, row-major. */
export interface TrainingTargets {
  readonly width: number;
  readonly height: number;
  /** Share of the pixel that strokes of the class cover, 0..255. */
  readonly targets: Readonly<Record<SegmentClass, Uint8Array<ArrayBuffer>>>;
  /** 255 where the target was verified, 0 where nobody knows: there the loss is silent. */
  readonly weights: Readonly<Record<SegmentClass, Uint8Array<ArrayBuffer>>>;
}

/** What targets are made from. */
export interface TargetSource {
  /** The page as it was accepted, with its corrections. */
  readonly page: Digitization;
  /** Ink of the canonical page, 0..1. */
  readonly coverage: FloatRaster;
  /** Masks that people painted, image pixels, by cell. */
  readonly masks: ReadonlyMap<string, MaskTiles>;
  /** Cells that nobody verified: put aside for a second look, or rejected. */
  readonly unverified: ReadonlySet<string>;
}

/** As the synthetic targets: an edge fades over one pixel, as a pixel's area gives it. */
const SOFTNESS_PX = 1;
/** Ink fainter than this is what is left of the grid. */
const FAINT = 0.2;
/** Lettering read with less trust is not lettering for sure. */
const SURE_TEXT = 0.5;
/** Around what is known, pixels of a mark or letter may fade. */
const MARGIN_PX = 2;
/** Where a trace meets a pulse or a bar, nobody knows whose the ink is; so far around it. */
const MEET_MM = 2;
/** How far beyond its ends the ink of a trace may go on unnoticed, and how far up and down there. */
const END_MM = 2;
const END_HEIGHT_MM = 3;

/**
 * The targets that an accepted page teaches. Traces are the corrected paths, drawn as wide as their pen, and the masks that
 * were painted; they are verified all over the paper, except in leads put aside or lost, where a gap in the ink was
 * bridged or a line drawn without any, and just beyond a trace's ends. Marks and lettering are the ink in the boxes of pulses, separators, labels and
 * words that were read for sure; a stroke of a trace is known to be neither; elsewhere they are unknown. The grid is never
 * known. About  0.2 s for 2200x1700.
 */
export function trainingTargets(source: TargetSource): TrainingTargets {
  const { page, coverage, masks, unverified } = source;
  const { width, height } = coverage;
  const area = width * height;
  const plane = (): CoveragePlane & { data: Uint8Array<ArrayBuffer> } => ({
    data: new Uint8Array(area),
    width,
    height,
  });
  const [trace, mark, text] = [plane(), plane(), plane()];
  const [markKnown, textKnown] = [plane(), plane()];
  const rectification = page.rectification!;
  const layout = page.layout!;
  const { canonicalPxPerMm: pxPerMm } = rectification;
  const paper = paperWeight(rectification, page.imageWidth, page.imageHeight, width, height);
  const traceKnown = { data: paper.slice(), width, height };

  const traced = layout.cells.flatMap((cell) => {
    const path = page.paths.find(({ cellId }) => cellId === cell.id);
    return path && !unverified.has(cell.id) ? [path] : [];
  });
  for (const path of traced) drawPath(trace, path, path.strokeWidthPx / 2, SOFTNESS_PX);
  for (const [cellId, mask] of masks) {
    if (!unverified.has(cellId)) paintMask(trace, mask, coverage, rectification.warp);
  }
  for (const path of traced) {
    silenceEnds(traceKnown, trace, path, pxPerMm);
    silenceBridges(traceKnown, path);
    silenceUnseen(traceKnown, coverage, path, pxPerMm);
  }
  const untaught = layout.cells.filter((cell) => !traced.some(({ cellId }) => cellId === cell.id));
  for (const cell of untaught) fill(traceKnown, cellBox(cell), 0);

  // A stroke of a trace is neither mark nor letter, but for what follows.
  for (let k = 0; k < area; k++) {
    if (trace.data[k]! > 127 && traceKnown.data[k]! > 0) markKnown.data[k] = textKnown.data[k] = 255;
  }
  const letters = [
    ...layout.text.filter(({ confidence }) => confidence >= SURE_TEXT).map(({ box }) => box),
    ...layout.cells.flatMap(({ labelBox, labelSource }) =>
      labelBox && labelSource !== 'layout' ? [labelBox] : [],
    ),
  ];
  const pulses = layout.pulses.map(({ box }) => box);
  const marks = [...pulses, ...layout.separators];
  // What is one of them for sure is not the other.
  for (const box of letters) fill(markKnown, box, 255);
  for (const box of marks) fill(textKnown, box, 255);
  for (const [boxes, target, known, reach] of [
    [marks, mark, markKnown, MEET_MM * pxPerMm],
    [letters, text, textKnown, MARGIN_PX],
  ] as const) {
    for (const box of boxes) {
      fill(known, grown(box, MARGIN_PX), 255);
      fill(known, grown(box, reach), 0, (at) => trace.data[at]! > 0);
      copyInk(coverage, trace, target, grown(box, 1));
    }
  }
  // Where a trace begins inside of a pulse, nobody corrected it for its own sake.
  for (const box of pulses) fill(traceKnown, box, 0, (at) => trace.data[at]! > 0);
  for (let k = 0; k < area; k++) if (paper[k] === 0) markKnown.data[k] = textKnown.data[k] = 0;
  const nothing = () => new Uint8Array(area);
  return {
    width,
    height,
    targets: { trace: trace.data, mark: mark.data, text: text.data, grid: nothing() },
    weights: { trace: traceKnown.data, mark: markKnown.data, text: textKnown.data, grid: nothing() },
  };
}

/** Ink per class, and what of the page is verified, as shares of all its pixels. */
export function targetBalance({
  targets,
  weights,
}: TrainingTargets): Record<SegmentClass, { ink: number; known: number }> {
  const share = (plane: Uint8Array): number => {
    let sum = 0;
    for (let k = 0; k < plane.length; k++) sum += plane[k]!;
    return sum / (255 * plane.length);
  };
  const entries = SEGMENT_CLASSES.map((name) => [
    name,
    { ink: share(targets[name]), known: share(weights[name]) },
  ]);
  return Object.fromEntries(entries) as Record<SegmentClass, { ink: number; known: number }>;
}

function drawPath(
  plane: CoveragePlane,
  { x0, fineY, samplesPerPx }: TracePath,
  half: number,
  softness: number,
): void {
  for (let k = 1; k < fineY.length; k++) {
    const [before, here] = [fineY[k - 1]!, fineY[k]!];
    if (Number.isNaN(before) || Number.isNaN(here)) continue;
    paintSegment(plane, x0 + (k - 1) / samplesPerPx, before, x0 + k / samplesPerPx, here, half, softness);
  }
}

/** Nothing is asked of a model where a line was bridged over missing ink. */
function silenceBridges(known: CoveragePlane, { x0, y, bridged, strokeWidthPx }: TracePath): void {
  const reach = strokeWidthPx / 2 + MARGIN_PX;
  for (let column = 0; column < bridged.length; column++) {
    if (bridged[column] !== 1 || Number.isNaN(y[column]!)) continue;
    const next = Number.isNaN(y[column + 1] ?? NaN) ? y[column]! : y[column + 1]!;
    const [top, bottom] = [Math.min(y[column]!, next), Math.max(y[column]!, next)];
    fill(known, { x0: x0 + column, x1: x0 + column + 2, y0: top - reach, y1: bottom + reach + 1 }, 0);
  }
}

/** Silences a little of what lies beyond both ends of a trace, unless another trace is there. */
function silenceEnds(known: CoveragePlane, trace: CoveragePlane, path: TracePath, pxPerMm: number): void {
  const { x0, y } = path;
  const first = y.findIndex((row) => !Number.isNaN(row));
  const last = y.findLastIndex((row) => !Number.isNaN(row));
  if (first < 0) return;
  const reach = END_MM * pxPerMm;
  const high = END_HEIGHT_MM * pxPerMm;
  for (const [column, left] of [
    [first, x0 + first - reach],
    [last, x0 + last + 1],
  ] as const) {
    const box = { x0: left, x1: left + reach, y0: y[column]! - high, y1: y[column]! + high };
    fill(known, box, 0, (at) => trace.data[at] === 0);
  }
}

/** The ink in a box becomes the target, but for that of a trace which runs through. */
function copyInk(coverage: FloatRaster, trace: CoveragePlane, target: CoveragePlane, box: Box): void {
  eachIn(target, box, (at) => {
    if (trace.data[at] === 0 && coverage.data[at]! > FAINT) {
      target.data[at] = Math.min(255, Math.round(255 * coverage.data[at]!));
    }
  });
}

const cellBox = ({ x0, x1, y0, y1 }: LeadCell): Box => ({ x0, x1, y0, y1 });

const grown = ({ x0, y0, x1, y1 }: Box, by: number): Box => ({
  x0: x0 - by,
  y0: y0 - by,
  x1: x1 + by,
  y1: y1 + by,
});

function fill(
  plane: CoveragePlane,
  box: Box,
  value: number,
  where: (at: number) => boolean = () => true,
): void {
  eachIn(plane, box, (at) => {
    if (where(at)) plane.data[at] = value;
  });
}

function eachIn({ width, height }: CoveragePlane, box: Box, visit: (at: number) => void): void {
  const [left, right] = [Math.max(0, Math.floor(box.x0)), Math.min(width, Math.ceil(box.x1))];
  const [top, bottom] = [Math.max(0, Math.floor(box.y0)), Math.min(height, Math.ceil(box.y1))];
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) visit(y * width + x);
}
