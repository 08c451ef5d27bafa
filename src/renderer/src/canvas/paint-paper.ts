import type { LeadReview } from '../../../shared/api/edit-record.ts';
import type { SignalView } from '../../../shared/api/signal-bytes.ts';
import type { Highlight } from '../stores/view-store.ts';
import { DOUBTFUL_BELOW } from './build-paths.ts';
import { leadColour } from './lead-palette.ts';
import type { PaperColours } from './paper-colours.ts';
import { paperGridLines } from './paper-grid.ts';
import { CONFIDENCE_PX, paintConfidence } from './paint-confidence.ts';
import { paintDifference, paintReference, type KnownSignals } from './paint-reference.ts';
import { paintReviewMark, REVIEW_MARK_PX } from './paint-review-mark.ts';
import { UI_FONT } from './ui-font.ts';
import { PAPER_MARGIN, type Strip, type StripLayout } from './strip-layout.ts';
import { placeStrip, traceSamples } from './trace-samples.ts';

type Context = CanvasRenderingContext2D;

/** The window onto the paper and its scale. */
export interface PaperView {
  /** Window size and scroll offset, CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly scrollX: number;
  readonly scrollY: number;
  readonly pxPerMm: number;
  readonly speedMmPerSecond: number;
  readonly gainMmPerMillivolt: number;
  readonly theme: 'light' | 'dark';
}

const xOf = (view: PaperView, mm: number): number => mm * view.pxPerMm - view.scrollX;
const yOf = (view: PaperView, mm: number): number => mm * view.pxPerMm - view.scrollY;

/** What is shown with the signals. */
export interface PaperMarks {
  readonly hoveredCell: string | null;
  readonly highlight: Highlight | null;
  /** Moments of heart beats, seconds of the page. */
  readonly beats: readonly number[];
  /** Decisions on leads, by cell. */
  readonly reviews: Readonly<Record<string, LeadReview>>;
  /** Known signals, and how far the digitized ones are off them. */
  readonly reference: KnownSignals | null;
}

/** Paints paper, signals and labels; about 10 ms for 13 strips. */
export function paintPaper(
  context: Context,
  layout: StripLayout,
  view: PaperView,
  colours: PaperColours,
  { hoveredCell, highlight, beats, reviews, reference }: PaperMarks,
): void {
  context.fillStyle = colours.paper;
  context.fillRect(0, 0, view.width, view.height);
  paintGridLines(context, view, colours);
  for (const strip of layout.strips) paintBands(context, strip, view, colours, hoveredCell, highlight);
  paintPulses(context, layout, view, colours);
  if (reference?.difference) paintDifference(context, layout, view, colours, reference);
  if (reference?.shown) paintReference(context, layout, view, colours, reference);
  for (const strip of layout.strips) paintSignal(context, strip, view, colours, hoveredCell);
  for (const strip of layout.strips) paintConfidence(context, strip, view, colours);
  for (const strip of layout.strips) paintBeats(context, strip, view, colours, beats);
  for (const strip of layout.strips)
    paintLabel(context, strip, view, colours, reviews[strip.cellId] ?? 'open');
}

function paintGridLines(context: Context, view: PaperView, colours: PaperColours): void {
  const vertical = paperGridLines(view.scrollX, view.width, view.pxPerMm);
  const horizontal = paperGridLines(view.scrollY, view.height, view.pxPerMm);
  for (const kind of ['minor', 'major'] as const) {
    context.fillStyle = colours[kind];
    for (const x of vertical[kind]) context.fillRect(Math.round(x), 0, 1, view.height);
    for (const y of horizontal[kind]) context.fillRect(0, Math.round(y), view.width, 1);
  }
}

/** Tints doubtful stretches, the highlighted stretch and the hovered strip. */
function paintBands(
  context: Context,
  strip: Strip,
  view: PaperView,
  colours: PaperColours,
  hoveredCell: string | null,
  highlight: Highlight | null,
): void {
  const top = yOf(view, strip.topMm);
  const height = (strip.bottomMm - strip.topMm) * view.pxPerMm;
  const band = (from: number, to: number, fill: string): void => {
    const left = xOf(view, strip.xMm + (from - strip.startSeconds) * view.speedMmPerSecond);
    const right = xOf(view, strip.xMm + (to - strip.startSeconds) * view.speedMmPerSecond);
    context.fillStyle = fill;
    context.fillRect(left, top, right - left, height);
  };
  if (hoveredCell === strip.cellId) band(strip.startSeconds, strip.endSeconds, colours.measure);
  if (highlight?.cellIds.includes(strip.cellId)) {
    const from = Math.max(strip.startSeconds, highlight.startSeconds ?? strip.startSeconds);
    const to = Math.min(strip.endSeconds, highlight.endSeconds ?? strip.endSeconds);
    if (to > from) band(from, to, colours.highlight);
  }
  const { confidence, fs } = strip.signal;
  let from = -1;
  for (let i = 0; i <= confidence.length; i++) {
    const doubtful = i < confidence.length && confidence[i]! < DOUBTFUL_BELOW;
    if (doubtful && from < 0) from = i;
    if (doubtful || from < 0) continue;
    band(strip.startSeconds + from / fs, strip.startSeconds + i / fs, colours.doubt);
    from = -1;
  }
}

/** The 1 mV, 0.2 s pulse at the head of every row. */
function paintPulses(context: Context, layout: StripLayout, view: PaperView, colours: PaperColours): void {
  context.strokeStyle = colours.faint;
  context.lineWidth = 1;
  for (const baselineMm of new Set(layout.strips.map((strip) => strip.baselineMm))) {
    const foot = yOf(view, baselineMm);
    const head = yOf(view, baselineMm - view.gainMmPerMillivolt);
    const x = (mm: number): number => xOf(view, mm);
    const left = PAPER_MARGIN.left - 7;
    const right = left + 0.2 * view.speedMmPerSecond;
    const end = Math.min(right, PAPER_MARGIN.left - 1);
    context.beginPath();
    context.moveTo(x(left - 1.5), foot);
    context.lineTo(x(left), foot);
    context.lineTo(x(left), head);
    context.lineTo(x(end), head);
    context.lineTo(x(end), foot);
    context.lineTo(x(end + 0.8), foot);
    context.stroke();
  }
}

/** A tick at the foot of the row for every beat. */
function paintBeats(
  context: Context,
  strip: Strip,
  view: PaperView,
  colours: PaperColours,
  beats: readonly number[],
): void {
  context.fillStyle = colours.faint;
  const foot = yOf(view, strip.bottomMm) - CONFIDENCE_PX;
  for (const seconds of beats) {
    if (seconds < strip.startSeconds || seconds >= strip.endSeconds) continue;
    const x = xOf(view, strip.xMm + (seconds - strip.startSeconds) * view.speedMmPerSecond);
    context.beginPath();
    context.moveTo(x, foot - 5);
    context.lineTo(x - 3, foot - 1);
    context.lineTo(x + 3, foot - 1);
    context.fill();
  }
}

/** Paints a lead as the pointer is changing it over what it was. */
export function paintLiveSignal(
  context: Context,
  layout: StripLayout,
  view: PaperView,
  colours: PaperColours,
  signal: SignalView,
): void {
  const strip = layout.strips.find(({ cellId }) => cellId === signal.cellId);
  if (strip) paintSignal(context, { ...strip, signal }, view, colours, strip.cellId);
}

function paintSignal(
  context: Context,
  strip: Strip,
  view: PaperView,
  colours: PaperColours,
  hoveredCell: string | null,
): void {
  const { millivolts, fs } = strip.signal;
  const place = placeStrip(strip, view);
  const left = xOf(view, strip.xMm);
  const pxPerSample = place.pxPerSecond / fs;
  const first = Math.max(0, Math.floor(-left / pxPerSample) - 1);
  const last = Math.min(millivolts.length, Math.ceil((view.width - left) / pxPerSample) + 1);
  context.beginPath();
  traceSamples(context, millivolts, { fs, startSeconds: strip.startSeconds }, first, last, place);
  const hovered = strip.cellId === hoveredCell;
  context.strokeStyle = hovered
    ? leadColour(strip.lead, view.theme === 'dark' ? 'dark' : 'paper')
    : colours.ink;
  context.lineWidth = hovered ? 1.75 : 1.2;
  context.lineJoin = 'round';
  context.stroke();
}

function paintLabel(
  context: Context,
  strip: Strip,
  view: PaperView,
  colours: PaperColours,
  review: LeadReview,
): void {
  const x = Math.max(xOf(view, strip.xMm) + 3, 6);
  const y = yOf(view, strip.topMm) + 10;
  context.strokeStyle = colours.faint;
  context.lineWidth = 1;
  const edge = Math.round(xOf(view, strip.xMm)) + 0.5;
  const baseline = yOf(view, strip.baselineMm);
  if (strip.startSeconds > 0) {
    context.beginPath();
    context.moveTo(edge, baseline - 6);
    context.lineTo(edge, baseline + 6);
    context.stroke();
  }
  context.font = `600 12px ${UI_FONT}`;
  context.textBaseline = 'middle';
  const width = context.measureText(strip.lead).width;
  context.fillStyle = colours.paper;
  context.globalAlpha = 0.8;
  context.fillRect(x - 2, y - 8, width + 16 + (review === 'open' ? 0 : REVIEW_MARK_PX), 16);
  context.globalAlpha = 1;
  context.fillStyle = leadColour(strip.lead, view.theme === 'dark' ? 'dark' : 'paper');
  context.fillRect(x, y - 4, 3, 9);
  context.fillStyle = colours.label;
  context.fillText(strip.lead, x + 7, y + 0.5);
  if (review !== 'open') paintReviewMark(context, review, x + 7 + width + REVIEW_MARK_PX / 2, y, colours);
}
