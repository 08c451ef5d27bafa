import { AppError, toAppError } from '../shared/app-error.ts';
import type { Reason, StageResult } from '../shared/reason.ts';
import type { Digitization, DigitizeOptions, StageName, StageReport } from './digitization.ts';
import type { FloatRaster, Raster } from './image/raster.ts';
import { findLayout } from './lead/find-layout.ts';
import type { Layout } from './lead/layout.ts';
import { lintSignals } from './lint/lint-signals.ts';
import { refuseNonEcg } from './lint/refuse-non-ecg.ts';
import { applySegmentation } from './mask/apply-segmentation.ts';
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
 * const page = await digitizePage(raster, { overrides: { gainMmPerMillivolt: 10 } });
 * page.signals[0].millivolts; // Float32Array at 500 Hz
 */
export async function digitizePage(raster: Raster, options: DigitizeOptions = {}): Promise<Digitization> {
  const { overrides = {}, fs = 500, signal, onStage, segment = null, now = () => 0 } = options;
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

  const begin = (stage: StageName): void => {
    signal?.throwIfAborted();
    onStage?.(stage, PROGRESS[stage]);
  };

  const run = <T>(stage: StageName, work: () => StageResult<T>, started = now()): T => {
    begin(stage);
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

  /** The ink as a model sees it; without its help, and a reason why, where it fails. */
  const look = async (
    ink: InkMap,
    page: CanonicalPage,
    segment: NonNullable<DigitizeOptions['segment']>,
  ): Promise<InkMap> => {
    const measured = stages.find(({ stage }) => stage === 'ink')!;
    const started = now();
    try {
      const segmentation = await segment(page.raster);
      const seen = segmentation
        ? applySegmentation(ink, segmentation, page.rectification.canonicalPxPerMm)
        : ink;
      report({ ...measured, milliseconds: now() - started });
      return seen;
    } catch (thrown) {
      signal?.throwIfAborted();
      const message = `The page was digitized without the model. ${toAppError(thrown).message}`;
      const reason: Reason = { code: 'model-failed', severity: 'warning', message };
      report({ ...measured, milliseconds: now() - started, reasons: [...measured.reasons, reason] });
      return ink;
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
    const flatten = async (quarterTurns: QuarterTurns): Promise<{ page: CanonicalPage; ink: InkMap }> => {
      const page = run('rectify', () => {
        assertPageSize(raster);
        return rectifyPage(raster, { overrides: { ...overrides, quarterTurns }, signal });
      });
      rectification = page.rectification;
      const ink = run('ink', () => extractInk(page, { signal }));
      return { page, ink: segment ? await look(ink, page, segment) : ink };
    };
    const stated = overrides.quarterTurns ?? null;
    let { page, ink } = await flatten(stated ?? 0);
    if (stated === null && liesOnSide(ink.coverage, page.rectification.canonicalPxPerMm)) {
      ({ page, ink } = await flatten(1));
    }
    begin('layout');
    const began = now();
    const upright = attempt(() => findLayout(page, ink, { overrides, signal }));
    const onHead =
      stated === null &&
      standsOnHead(upright, () => findLayout(...upsideDown(page, ink), { overrides, signal }));
    if (onHead) ({ page, ink } = await flatten(page.rectification.quarterTurns === 1 ? 3 : 2));
    const found = run(
      'layout',
      () => {
        const chosen = onHead ? findLayout(page, ink, { overrides, signal }) : orThrow(upright);
        if (!looksLikeEcg(page.rectification, chosen.value, overrides)) {
          throw new AppError(
            'no-ecg',
            'No ECG was recognised: one line, without a grid, a lead name or a calibration pulse. ' +
              'If it is an ECG strip, state its scale in pixels per mm.',
          );
        }
        return chosen;
      },
      began,
    );
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

/** Whether a page with hardly a label would have more of them the other way up. */
function standsOnHead(upright: Attempt<StageResult<Layout>>, turn: () => StageResult<Layout>): boolean {
  const labels = readLabels(upright);
  return labels < ENOUGH_LABELS && readLabels(attempt(turn)) >= labels + LABEL_LEAD;
}

/** How many lead names were read off the page: letters that stand on their head are not read. */
function readLabels(tried: Attempt<StageResult<Layout>>): number {
  if ('error' in tried) return 0;
  return tried.result.value.cells.filter((cell) => cell.labelSource === 'read').length;
}

/** The flat page standing on its head, good enough to try its labels. */
function upsideDown(page: CanonicalPage, ink: InkMap): [CanonicalPage, InkMap] {
  const turn = ({ data, width, height }: FloatRaster): FloatRaster => ({
    data: Float32Array.from(data).reverse(),
    width,
    height,
  });
  return [
    { raster: turnRaster(page.raster, 2), rectification: page.rectification },
    {
      coverage: turn(ink.coverage),
      ...(ink.kinds && {
        kinds: {
          coverage: turn(ink.kinds.coverage),
          lettering: turn(ink.kinds.lettering),
          letteringOnly: turn(ink.kinds.letteringOnly),
        },
      }),
      strokeWidthPx: ink.strokeWidthPx,
    },
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
