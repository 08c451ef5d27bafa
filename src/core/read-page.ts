import { AppError, toAppError } from '../shared/app-error.ts';
import type { LeadName } from '../shared/lead-name.ts';
import type { Reason, StageResult } from '../shared/reason.ts';
import type { Digitization, DigitizeOptions, DigitizeOverrides } from './digitization.ts';
import type { FloatRaster } from './image/raster.ts';
import { findLayout } from './lead/find-layout.ts';
import type { Layout } from './lead/layout.ts';
import { habitualLayout } from './learning/habitual-layout.ts';
import type { UsualPage } from './learning/page-habits.ts';
import { checkStrayStrokes } from './lint/check-stray-strokes.ts';
import { lintSignals } from './lint/lint-signals.ts';
import { nameNumerals } from './lint/name-numerals.ts';
import { nameStrips } from './lint/name-strips.ts';
import { isMarked, refuseNonEcg } from './lint/refuse-non-ecg.ts';
import { orderByLimbLaws } from './lint/order-by-limb-laws.ts';
import { timeByHeart } from './lint/time-by-heart.ts';
import type { InkMap } from './mask/ink-map.ts';
import { packInked } from './mask/inked-pixels.ts';
import type { CanonicalPage, Rectification } from './page/rectification.ts';
import { turnRaster } from './page/turn-raster.ts';
import type { LeadSignal } from './signal/lead-signal.ts';
import { measureSlant, slantCells } from './signal/measure-slant.ts';
import { toSignals } from './signal/to-signals.ts';
import { cancelled, type StageLog } from './stage-log.ts';
import type { TraceEvidence } from './trace/prepare-evidence.ts';
import type { TracePath } from './trace/trace-path.ts';
import { beatsUnderBars } from './trace/beats-under-bars.ts';
import { habitShare, settleLines } from './trace/settle-lines.ts';
import { tracePage } from './trace/trace-page.ts';
import { judgeLeads, printedMarks } from './trust/judge-leads.ts';
import { strayStrokes } from './trust/stray-strokes.ts';

/** Labels read from which a page surely stands upright, and by how many the turned page must beat it. */
const ENOUGH_LABELS = 3;
const LABEL_LEAD = 2;

/** Share of finite samples below which a lead counts as lost. */
const MIN_TRACED_SHARE = 0.5;

/** Lines that a habit moved by less are as they were traced, millimetres. */
const LEAST_TOLD_MM = 0.02;

/** Trust below which lines without any mark of an ECG are none. */
const LEAST_TRUST = 0.005;

/** A canonical page and its ink. */
export interface FlatPage {
  readonly page: CanonicalPage;
  readonly ink: InkMap;
}

/** What was read off a page's ink. */
export type Reading = Pick<
  Digitization,
  'status' | 'confidence' | 'layout' | 'paths' | 'inked' | 'signals' | 'findings' | 'stages'
> & { readonly rectification: Rectification };

export interface ReadPageOptions extends Pick<DigitizeOptions, 'signal'> {
  readonly overrides: DigitizeOverrides;
  /** Samples per second of the signals. */
  readonly fs: number;
  /** The same page after so many quarter turns clockwise of the picture. */
  readonly turnTo: (quarterTurns: 0 | 1 | 2 | 3) => Promise<FlatPage>;
  readonly now: () => number;
  /** What is usual for corrected pages like this one: scale where the page shows none, and how lines lie about what is traced. */
  readonly usual?: UsualPage | null;
  /** Leaves lines as they were traced, see `settleLines`. */
  readonly asTraced?: boolean | undefined;
}

/**
 * Reads the signals off the ink of a page: layout, traces, calibration, lint and trust. A stage that cannot go on ends
 * it with what was found so far, `failed` and the reason in words.
 *
 * @throws AppError `cancelled`
 */
export async function readPage(flat: FlatPage, log: StageLog, options: ReadPageOptions): Promise<Reading> {
  const { overrides, fs, signal, turnTo, now, usual = null } = options;
  let { page, ink } = flat;
  let layout: Layout | null = null;
  let paths: readonly TracePath[] = [];
  let inked: Uint8Array | null = null;
  let signals: readonly LeadSignal[] = [];
  let refused = false;

  const finish = (status: Reading['status'], findings: Reading['findings']): Reading => ({
    status,
    confidence: status === 'failed' ? 0 : log.confidenceOf('lint'),
    rectification: page.rectification,
    layout,
    paths,
    ...(inked && layout ? { inked } : {}),
    signals,
    findings,
    stages: refused ? withoutLostLeads(log.reports()) : log.reports(),
  });

  try {
    log.begin('layout');
    const began = now();
    const upright = attempt(() => findLayout(page, ink, { overrides, signal }));
    const onHead =
      (overrides.quarterTurns ?? null) === null &&
      standsOnHead(upright, () => findLayout(...upsideDown(page, ink), { overrides, signal }));
    if (onHead) ({ page, ink } = await turnTo(page.rectification.quarterTurns === 1 ? 3 : 2));
    const found = log.run(
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
        if (usual === null) return chosen;
        const again = (stated: DigitizeOverrides) =>
          findLayout(page, ink, { overrides: { ...overrides, ...stated }, signal });
        return habitualLayout(chosen, usual, again);
      },
      began,
    );
    layout = found;
    const traced = log.run('trace', () =>
      throughBars(traceSlanted(page, ink, found, { fs, signal }), page.rectification),
    );
    const { layout: placed } = traced;
    ({ layout, paths, inked } = traced);
    signals = log.run('signal', () => toSignals(paths, placed, page.rectification, { fs }));
    const gridConfidence = log.confidenceOf('rectify');
    const refusal = refuseNonEcg(signals, placed, { gridConfidence, stated: isStated(overrides) });
    refused = refusal !== null;
    if (refused) [layout, paths, signals] = [null, [], []];
    const lost = lostLeads(placed, signals);
    const findings = log.run('lint', () => {
      if (refusal !== null) {
        throw notEcg(refusal);
      }
      const { coverage } = ink.kinds ?? ink;
      const pxPerMm = page.rectification.canonicalPxPerMm;
      const strays = strayStrokes(coverage, paths, placed.cells, printedMarks(placed), pxPerMm);
      const findings = [
        ...checkStrayStrokes(strays, placed, pxPerMm * placed.speedMmPerSecond),
        ...lintSignals([...signals], placed),
      ];
      signals = judgeLeads({
        signals,
        paths,
        layout: placed,
        coverage,
        pxPerMm,
        gridConfidence,
        strays,
      });
      const confidence = pageTrust(signals, placed);
      if (confidence < LEAST_TRUST && !isMarked(placed) && !isStated(overrides)) {
        [layout, paths, signals] = [null, [], []];
        throw notEcg('its lines do not fit together, and nothing is printed that only an ECG carries');
      }
      if (options.asTraced) return { value: findings, confidence, reasons: lost };
      const trust = new Map(signals.map((one) => [one.cellId, one.trust ?? 0]));
      const trustOf = (id: string): number => trust.get(id) ?? 0;
      const settled = settleLines(paths, trustOf, pxPerMm);
      const line = usual?.line ?? null;
      paths = line ? settleLines(settled, trustOf, pxPerMm, line, habitShare) : settled;
      const notes = line ? movedByHabit(settled, paths, pxPerMm) : [];
      const { value: drawn } = toSignals(paths, placed, page.rectification, { fs });
      signals = signals.map((one, k) => ({ ...one, millivolts: drawn[k]!.millivolts }));
      return { value: findings, confidence, reasons: [...lost, ...notes] };
    });
    const status = lost.length === 0 ? 'ok' : lost.length < placed.cells.length ? 'partial' : 'failed';
    return finish(status, findings);
  } catch (thrown) {
    const error = signal?.aborted ? cancelled(thrown) : toAppError(thrown);
    if (error.code === 'cancelled') throw error;
    return finish('failed', []);
  }
}

/** What is no ECG lost no leads. */
function withoutLostLeads(stages: Reading['stages']): Reading['stages'] {
  return stages.map((stage) => ({
    ...stage,
    reasons: stage.reasons.filter(({ code }) => code !== 'lead-not-traced'),
  }));
}

/** @param why in words, after a colon */
function notEcg(why: string): AppError {
  return new AppError(
    'no-ecg',
    `No ECG was recognised: ${why}. If it is an ECG, state its layout or its scale in pixels per mm.`,
  );
}

type Traced = StageResult<{ layout: Layout; paths: readonly TracePath[]; inked: Uint8Array | null }>;

/** The traces with what separators hide of complexes drawn as the other beats go. */
function throughBars(traced: Traced, { canonicalPxPerMm }: Rectification): Traced {
  const { layout, paths: seen } = traced.value;
  const { paths, drawn } = beatsUnderBars(seen, layout.cells, canonicalPxPerMm * layout.speedMmPerSecond);
  if (drawn.length === 0) return traced;
  const leads = new Set(drawn.map(({ cellId }) => layout.cells.find(({ id }) => id === cellId)!.lead));
  const message = `A separator hides part of a complex of ${[...leads].join(', ')}: it is drawn as in other beats, and trusted little.`;
  return {
    ...traced,
    value: { ...traced.value, paths },
    reasons: [...traced.reasons, { code: 'drawn-by-beats', severity: 'info', message }],
  };
}

/** In words, by how much lines were moved as corrected pages showed; nothing where they hardly were. */
function movedByHabit(before: readonly TracePath[], after: readonly TracePath[], pxPerMm: number): Reason[] {
  let farthestPx = 0;
  for (const [index, { fineY }] of after.entries()) {
    for (const [k, row] of fineY.entries()) {
      const moved = Math.abs(row - before[index]!.fineY[k]!);
      if (moved > farthestPx) farthestPx = moved;
    }
  }
  const farthestMm = farthestPx / pxPerMm;
  if (farthestMm < LEAST_TOLD_MM) return [];
  const message = `Lines of doubtful leads were drawn sharper or smoother, as corrected pages like this one showed, by ${farthestMm.toFixed(2)} mm at most.`;
  return [{ code: 'lines-by-habit', severity: 'info', message }];
}

/** The traces, and the layout as they lie: print that stands slanted on the grid is traced again where it stands. */
function traceSlanted(
  page: CanonicalPage,
  ink: InkMap,
  found: Layout,
  { fs, signal }: Pick<ReadPageOptions, 'fs' | 'signal'>,
): Traced {
  const { rectification } = page;
  let coverage = ink.coverage;
  const onEvidence = (evidence: TraceEvidence): void => void ({ coverage } = evidence);
  // What a model or a person saw there is looked at afresh by whoever corrects it.
  const kept = (): Uint8Array | null => (ink.kinds || ink.stated ? null : packInked(coverage));
  const upright = tracePage(page, ink, found, { signal, onEvidence });
  const asFound = toSignals(upright.value, found, rectification, { fs }).value;
  const again = (layout: Layout): LeadSignal[] =>
    toSignals(upright.value, layout, rectification, { fs }).value;
  const { layout: byHeart, reasons: timing } = timeByHeart(found, asFound);
  const heard = byHeart === found ? asFound : again(byHeart);
  const { layout: timed, reasons: ordering } = orderByLimbLaws(byHeart, heard);
  const first = timed === byHeart ? heard : again(timed);
  const numerals = nameNumerals(first, timed);
  const exchanged = first.map((s) => ({ ...s, lead: numerals.get(s.cellId) ?? s.lead }));
  const strips = nameStrips(exchanged, timed.cells);
  const names = new Map([...numerals, ...strips]);
  const named = names.size > 0 ? renameCells(timed, names) : timed;
  const signals = first.map((s) => ({ ...s, lead: names.get(s.cellId) ?? s.lead }));
  const slant = measureSlant(signals, named, rectification.canonicalPxPerMm * named.speedMmPerSecond);
  const notes = [...timing, ...ordering];
  for (const [id, lead] of strips) {
    const before = timed.cells.find((cell) => cell.id === id)!.lead;
    const message = `A rhythm strip was named ${before}; it shows the waves of lead ${lead} and is named ${lead}.`;
    notes.push({ code: 'strip-renamed', severity: 'info', message });
  }
  if (numerals.size > 0) {
    const leads = [...new Set(numerals.values())].join(' and ');
    const message = `The names ${leads} were read one for the other: so the limb leads fit together, and it is the usual order.`;
    notes.push({ code: 'leads-exchanged', severity: 'info', message });
  }
  if (slant === 0) {
    return {
      ...upright,
      value: { layout: named, paths: upright.value, inked: kept() },
      reasons: [...upright.reasons, ...notes],
    };
  }
  const layout = slantCells(named, slant);
  const { value: paths, confidence, reasons } = tracePage(page, ink, layout, { signal, onEvidence });
  const degrees = (Math.atan(slant) * 180) / Math.PI;
  const note: Reason = {
    code: 'print-slanted',
    severity: 'info',
    message: `The print stands slanted on the grid by ${Math.abs(degrees).toFixed(1)} degrees; each row is timed by it.`,
  };
  return {
    value: { layout, paths, inked: kept() },
    confidence,
    reasons: [...reasons, ...notes, note],
  };
}

/** The layout with other leads in some cells: what was read there is no name of theirs. */
function renameCells(layout: Layout, names: ReadonlyMap<string, LeadName>): Layout {
  const cells = layout.cells.map((cell) => {
    const lead = names.get(cell.id);
    return lead === undefined ? cell : { ...cell, lead, labelSource: 'layout' as const };
  });
  const text = layout.text.map((box) => {
    const renamed = cells.find(({ id, labelBox }) => names.has(id) && labelBox === box.box);
    return renamed ? { ...box, text: renamed.lead } : box;
  });
  return { ...layout, cells, text };
}

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

/** Whether anything but a lone line speaks for an ECG; what a person stated about the page is believed. */
function looksLikeEcg(
  { gridKind }: Rectification,
  { cells, pulses }: Layout,
  overrides: DigitizeOverrides,
): boolean {
  if (gridKind !== 'none' || cells.length > 1 || pulses.length > 0) return true;
  if (isStated(overrides)) return true;
  return cells.some((cell) => cell.labelSource === 'read');
}

/** Whether a person stated something that only an ECG has. */
function isStated({ pxPerMm, layout, leads }: DigitizeOverrides): boolean {
  return Boolean(pxPerMm || layout || leads);
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
