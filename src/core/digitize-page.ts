import { AppError, toAppError } from '../shared/app-error.ts';
import type { Reason, StageResult } from '../shared/reason.ts';
import type { Digitization, DigitizeOptions, StageName, StageReport } from './digitization.ts';
import type { Raster } from './image/raster.ts';
import { findLayout } from './lead/find-layout.ts';
import type { Layout } from './lead/layout.ts';
import { lintSignals } from './lint/lint-signals.ts';
import { refuseNonEcg } from './lint/refuse-non-ecg.ts';
import { extractInk } from './mask/extract-ink.ts';
import type { InkMap } from './mask/ink-map.ts';
import { liesOnSide } from './page/lies-on-side.ts';
import type { CanonicalPage, Rectification } from './page/rectification.ts';
import { rectifyPage } from './page/rectify-page.ts';
import { toSignals } from './signal/to-signals.ts';
import { turnRaster } from './page/turn-raster.ts';
import type { LeadSignal } from './signal/lead-signal.ts';
import { judgeLeads } from './trust/judge-leads.ts';
import { tracePage } from './trace/trace-page.ts';
import type { TracePath } from './trace/trace-path.ts';

/** Share of the whole that is done when each stage begins, from median stage times. */
const PROGRESS: Record<StageName, number> = {
  rectify: 0,
  ink: 0.3,
  layout: 0.45,
  trace: 0.6,
  signal: 0.93,
  lint: 0.98,
};

/** Labels read from which a page surely stands upright, and by how many the turned page must beat it. */
const ENOUGH_LABELS = 3;
const LABEL_LEAD = 2;

/** Smaller pictures are not looked at. */
const MIN_LONG_SIDE_PX = 100;
const MIN_SHORT_SIDE_PX = 32;

/** Share of finite samples below which a lead counts as lost. */
const MIN_TRACED_SHARE = 0.5;

/**
 * Digitizes one page: rectify, take the ink, find the layout, trace, calibrate, lint.
 *
 * A stage that cannot go on ends the page with what was found so far, `status: 'failed'` and the reason in words; a
 * lead that fails leaves the others intact. Deterministic. Throws only `AppError('cancelled')` when `options.signal`
 * fires. About one second for 2200x1700 pixels on one core.
 *
 * @example
 * const page = digitizePage(raster, { overrides: { gainMmPerMillivolt: 10 } });
 * page.signals[0].millivolts; // Float32Array at 500 Hz
 */
export function digitizePage(raster: Raster, options: DigitizeOptions = {}): Digitization {
  const { overrides = {}, fs = 500, signal, onStage, now = () => 0 } = options;
  const stages: StageReport[] = [];
  let rectification: Rectification | null = null;
  let layout: Layout | null = null;
  let paths: readonly TracePath[] = [];
  let signals: readonly LeadSignal[] = [];

  /** A stage that runs again (after a turn of the page) replaces its report; its time adds up. */
  const report = (fresh: StageReport): void => {
    const at = stages.findIndex(({ stage }) => stage === fresh.stage);
    if (at < 0) stages.push(fresh);
    else stages[at] = { ...fresh, milliseconds: stages[at]!.milliseconds + fresh.milliseconds };
  };

  const run = <T>(stage: StageName, work: () => StageResult<T>): T => {
    signal?.throwIfAborted();
    onStage?.(stage, PROGRESS[stage]);
    const started = now();
    try {
      const { value, confidence, reasons } = work();
      report({ stage, confidence, milliseconds: now() - started, reasons });
      return value;
    } catch (thrown) {
      const error = signal?.aborted ? cancelled(thrown) : toAppError(thrown);
      if (error.code !== 'cancelled') {
        const reason: Reason = { code: error.code, severity: 'error', message: error.message };
        report({ stage, confidence: 0, milliseconds: now() - started, reasons: [reason] });
      }
      throw error;
    }
  };

  const finish = (status: Digitization['status'], findings: Digitization['findings']): Digitization => ({
    status,
    confidence: status === 'failed' ? 0 : confidenceOf(stages, 'lint'),
    imageWidth: raster.width,
    imageHeight: raster.height,
    rectification,
    layout,
    paths,
    signals,
    findings,
    stages,
    reasons: stages.flatMap((stage) => stage.reasons),
  });

  try {
    const flatten = (quarterTurns: QuarterTurns): { page: CanonicalPage; ink: InkMap } => {
      const page = run('rectify', () => {
        assertPageSize(raster);
        return rectifyPage(raster, { overrides: { ...overrides, quarterTurns }, signal });
      });
      rectification = page.rectification;
      return { page, ink: run('ink', () => extractInk(page, { signal })) };
    };
    const stated = overrides.quarterTurns ?? null;
    let { page, ink } = flatten(stated ?? 0);
    if (stated === null && liesOnSide(ink.coverage, page.rectification.canonicalPxPerMm)) {
      ({ page, ink } = flatten(1));
    }
    const chooseLayout = (): StageResult<Layout> => {
      const upright = attempt(() => findLayout(page, ink, { overrides, signal }));
      if (stated !== null || readLabels(upright) >= ENOUGH_LABELS) return orThrow(upright);
      const turned = attempt(() => findLayout(...upsideDown(page, ink), { overrides, signal }));
      if (readLabels(turned) < readLabels(upright) + LABEL_LEAD) return orThrow(upright);
      ({ page, ink } = flatten(page.rectification.quarterTurns === 1 ? 3 : 2));
      return findLayout(page, ink, { overrides, signal });
    };
    const found = run('layout', () => {
      const chosen = chooseLayout();
      if (!looksLikeEcg(page.rectification, chosen.value, overrides)) {
        throw new AppError(
          'no-ecg',
          'No ECG was recognised: one line, without a grid, a lead name or a calibration pulse. ' +
            'If it is an ECG strip, state its scale in pixels per mm.',
        );
      }
      return chosen;
    });
    layout = found;
    paths = run('trace', () => tracePage(page, ink, found, { signal }));
    signals = run('signal', () => toSignals(paths, found, page.rectification, { fs }));
    const refusal = refuseNonEcg(signals, found, {
      gridConfidence: confidenceOf(stages, 'rectify'),
      stated: isStated(overrides),
    });
    if (refusal !== null) [layout, paths, signals] = [null, [], []];
    const lost = lostLeads(found, signals);
    const findings = run('lint', () => {
      if (refusal !== null) {
        throw new AppError(
          'no-ecg',
          `No ECG was recognised: ${refusal}. If it is an ECG, state its layout or its scale in pixels per mm.`,
        );
      }
      const findings = lintSignals([...signals], found);
      signals = judgeLeads({
        signals,
        paths,
        layout: found,
        coverage: ink.coverage,
        pxPerMm: page.rectification.canonicalPxPerMm,
        gridConfidence: confidenceOf(stages, 'rectify'),
      });
      return { value: findings, confidence: pageTrust(signals, found), reasons: lost };
    });
    const status = lost.length === 0 ? 'ok' : lost.length < found.cells.length ? 'partial' : 'failed';
    return finish(status, findings);
  } catch (thrown) {
    const error = signal?.aborted ? cancelled(thrown) : toAppError(thrown);
    if (error.code === 'cancelled') throw error;
    return finish('failed', []);
  }
}

type QuarterTurns = 0 | 1 | 2 | 3;
type Attempt<T> = { readonly result: T } | { readonly error: unknown };

function attempt<T>(work: () => T): Attempt<T> {
  try {
    return { result: work() };
  } catch (error) {
    return { error };
  }
}

function orThrow<T>(tried: Attempt<T>): T {
  if ('error' in tried) throw tried.error;
  return tried.result;
}

/** How many lead names were read off the page: letters that stand on their head are not read. */
function readLabels(tried: Attempt<StageResult<Layout>>): number {
  if ('error' in tried) return 0;
  return tried.result.value.cells.filter((cell) => cell.labelSource === 'read').length;
}

/** The flat page standing on its head, good enough to try its labels. */
function upsideDown(page: CanonicalPage, ink: InkMap): [CanonicalPage, InkMap] {
  const { data, width, height } = ink.coverage;
  const coverage = { data: Float32Array.from(data).reverse(), width, height };
  return [
    { raster: turnRaster(page.raster, 2), rectification: page.rectification },
    { coverage, strokeWidthPx: ink.strokeWidthPx },
  ];
}

/** Too few pixels for a single beat of a single lead, whatever they show. */
function assertPageSize({ width, height }: Raster): void {
  if (Math.max(width, height) >= MIN_LONG_SIDE_PX && Math.min(width, height) >= MIN_SHORT_SIDE_PX) return;
  throw new AppError(
    'no-ecg',
    `No ECG was found: the picture has only ${width} x ${height} pixels. Scan the paper at 150 dpi or more.`,
  );
}

function cancelled(cause: unknown): AppError {
  return new AppError('cancelled', 'Digitizing was cancelled.', { cause });
}

/** Whether anything but a lone line speaks for an ECG; what a person stated about the page is believed. */
function looksLikeEcg(
  { gridKind }: Rectification,
  { cells, pulses }: Layout,
  overrides: NonNullable<DigitizeOptions['overrides']>,
): boolean {
  if (gridKind !== 'none' || cells.length > 1 || pulses.length > 0) return true;
  if (isStated(overrides)) return true;
  return cells.some((cell) => cell.labelSource === 'read');
}

/** Whether a person stated something that only an ECG has. */
function isStated({ pxPerMm, layout, leads }: NonNullable<DigitizeOptions['overrides']>): boolean {
  return Boolean(pxPerMm || layout || leads);
}

function confidenceOf(stages: readonly StageReport[], stage: StageName): number {
  return stages.find((report) => report.stage === stage)?.confidence ?? 0;
}

/** A reason for every printed cell that ended with too little signal. */
function lostLeads(layout: Layout, signals: readonly LeadSignal[]): Reason[] {
  const reasons: Reason[] = [];
  for (const cell of layout.cells) {
    const traced = signals.find((s) => s.cellId === cell.id);
    let finite = 0;
    if (traced) for (const mv of traced.millivolts) if (mv === mv) finite++;
    if (!traced || finite < MIN_TRACED_SHARE * traced.millivolts.length || finite === 0) {
      reasons.push({
        code: 'lead-lost',
        severity: 'error',
        message: `Lead ${cell.lead}${cell.role === 'rhythm' ? ' (rhythm strip)' : ''} could not be traced.`,
      });
    }
  }
  return reasons;
}

/** A page is as good as its leads, those it lost included, and no better than its scale. */
function pageTrust(signals: readonly LeadSignal[], { cells, scaleConfidence = 1 }: Layout): number {
  const sum = signals.reduce((total, { trust = 0 }) => total + trust, 0);
  return cells.length > 0 ? (scaleConfidence * sum) / cells.length : 0;
}
