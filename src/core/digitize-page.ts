import { AppError, toAppError } from '../shared/app-error.ts';
import type { Reason, StageResult } from '../shared/reason.ts';
import type { Digitization, DigitizeOptions, StageName, StageReport } from './digitization.ts';
import type { Raster } from './image/raster.ts';
import { findLayout } from './lead/find-layout.ts';
import type { Layout } from './lead/layout.ts';
import { lintSignals } from './lint/lint-signals.ts';
import { extractInk } from './mask/extract-ink.ts';
import type { Rectification } from './page/rectification.ts';
import { rectifyPage } from './page/rectify-page.ts';
import { toSignals } from './signal/to-signals.ts';
import type { LeadSignal } from './signal/lead-signal.ts';
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

  const run = <T>(stage: StageName, work: () => StageResult<T>): T => {
    signal?.throwIfAborted();
    onStage?.(stage, PROGRESS[stage]);
    const started = now();
    try {
      const { value, confidence, reasons } = work();
      stages.push({ stage, confidence, milliseconds: now() - started, reasons });
      return value;
    } catch (thrown) {
      const error = signal?.aborted ? cancelled(thrown) : toAppError(thrown);
      if (error.code !== 'cancelled') {
        const reason: Reason = { code: error.code, severity: 'error', message: error.message };
        stages.push({ stage, confidence: 0, milliseconds: now() - started, reasons: [reason] });
      }
      throw error;
    }
  };

  const finish = (status: Digitization['status'], findings: Digitization['findings']): Digitization => ({
    status,
    confidence: status === 'failed' ? 0 : pageConfidence(stages),
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
    const page = run('rectify', () => rectifyPage(raster, { overrides, signal }));
    rectification = page.rectification;
    const ink = run('ink', () => extractInk(page, { signal }));
    const found = run('layout', () => findLayout(page, ink, { overrides, signal }));
    layout = found;
    paths = run('trace', () => tracePage(page, ink, found, { signal }));
    signals = run('signal', () => toSignals(paths, found, page.rectification, { fs }));
    const lost = lostLeads(found, signals);
    const findings = run('lint', () => ({
      value: lintSignals([...signals], found),
      confidence: 1,
      reasons: lost,
    }));
    const status = lost.length === 0 ? 'ok' : lost.length < found.cells.length ? 'partial' : 'failed';
    return finish(status, findings);
  } catch (thrown) {
    const error = signal?.aborted ? cancelled(thrown) : toAppError(thrown);
    if (error.code === 'cancelled') throw error;
    return finish('failed', []);
  }
}

function cancelled(cause: unknown): AppError {
  return new AppError('cancelled', 'Digitizing was cancelled.', { cause });
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

/** The weakest stage decides: a page is no better than its worst step. */
function pageConfidence(stages: readonly StageReport[]): number {
  return stages.reduce((least, stage) => Math.min(least, stage.confidence), 1);
}

