import type { Digitization, DigitizeOverrides } from '../../core/digitization.ts';
import type { LeadCell } from '../../core/lead/layout.ts';
import type { Lattice, Rectification } from '../../core/page/rectification.ts';
import type { LagCorrection } from '../../core/signal/process/correct-lag.ts';
import type { SignalProcessing } from '../../core/signal/process/signal-processing.ts';
import { LEAD_NAMES } from '../../shared/lead-name.ts';
import type { PageReport } from './page-report.ts';

/** What the digitization itself does not know. */
export interface ReportContext {
  /** File name of the scan without its folder. */
  readonly file: string;
  /** Page in the file, from 1. */
  readonly page: number;
  readonly overrides?: DigitizeOverrides;
  /** Who corrected the page last; absent or null for nobody. */
  readonly annotator?: string | null;
  /** Milliseconds spent outside the digitizer's stages, e.g. `{ decode: 120 }`. */
  readonly milliseconds?: Readonly<Record<string, number>>;
  /** What was done to the signals of `page` after they were digitized; absent when nothing was. */
  readonly processing?: SignalProcessing & { readonly lags: readonly LagCorrection[] };
  /** Names and versions of the programs involved. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Sums up a digitization as the page report; numbers are rounded to what they are good for. */
export function toPageReport(page: Digitization, context: ReportContext): PageReport {
  const { layout, rectification } = page;
  const milliseconds: Record<string, number> = {};
  let total = 0;
  for (const [name, value] of [
    ...Object.entries(context.milliseconds ?? {}),
    ...page.stages.map((stage) => [stage.stage, stage.milliseconds] as const),
  ]) {
    milliseconds[name] = round((milliseconds[name] ?? 0) + value, 1);
    total += value;
  }
  const overrides = Object.entries(context.overrides ?? {}).filter(([, v]) => v !== null && v !== undefined);
  const rhythm = new Set(layout?.cells.filter((cell) => cell.role === 'rhythm').map((cell) => cell.lead));
  return {
    format: 1,
    file: context.file,
    page: context.page,
    status: page.status,
    confidence: round(page.confidence, 3),
    imageWidth: page.imageWidth || null,
    imageHeight: page.imageHeight || null,
    layout: layout?.kind ?? null,
    cabrera: layout?.cabrera ?? false,
    rhythmLeads: LEAD_NAMES.filter((lead) => rhythm.has(lead)),
    speedMmPerSecond: layout?.speedMmPerSecond ?? null,
    speedSource: layout?.speedSource ?? null,
    gainMmPerMillivolt: layout?.gainMmPerMillivolt ?? null,
    gainSource: layout?.gainSource ?? null,
    pxPerMmX: rectification && round(rectification.pxPerMmX, 4),
    pxPerMmY: rectification && round(rectification.pxPerMmY, 4),
    samplesPerSecond: page.signals[0]?.fs ?? null,
    rectification: rectification && reportRectification(rectification),
    leads: [...(layout?.cells ?? [])].sort(inReadingOrder).map((cell) => reportLead(cell, page)),
    findings: page.findings.map(({ code, severity, message, leads, startSeconds, endSeconds, value }) => ({
      code,
      severity,
      message,
      leads: [...leads],
      startSeconds,
      endSeconds,
      value: finite(value),
    })),
    reasons: page.reasons.map(({ code, severity, message }) => ({ code, severity, message })),
    stages: page.stages.map(({ stage, confidence }) => ({ stage, confidence: round(confidence, 3) })),
    ...(context.processing ? { processing: reportProcessing(context.processing) } : {}),
    ...(context.annotator ? { annotator: context.annotator } : {}),
    milliseconds: { ...milliseconds, total: round(total, 1) },
    overrides: Object.fromEntries(overrides),
    versions: { ...context.versions },
  };
}

function reportProcessing({
  baseline,
  notchHz,
  lowPassHz,
  fs,
  lags,
  completeLimbLeads,
}: NonNullable<ReportContext['processing']>): NonNullable<PageReport['processing']> {
  return {
    baseline,
    notchHz,
    lowPassHz,
    samplesPerSecond: fs,
    ...(completeLimbLeads ? { completedLimbLeads: true } : {}),
    lags: lags.map(({ cellId, lagSeconds, correlation }) => ({
      cellId,
      lagSeconds: round(lagSeconds, 5),
      correlation: correlation === null ? null : round(correlation, 4),
    })),
  };
}

function reportRectification(r: Rectification): NonNullable<PageReport['rectification']> {
  return {
    quarterTurns: r.quarterTurns,
    skewDegrees: round(r.skewDegrees, 3),
    corners: r.corners.map(([x, y]) => [round(x, 1), round(y, 1)]),
    gridKind: r.gridKind,
    canonicalPxPerMm: round(r.canonicalPxPerMm, 4),
    canonicalWidth: r.canonicalWidth,
    canonicalHeight: r.canonicalHeight,
    lattice: r.lattice && {
      spacingMm: r.lattice.spacingMm,
      xs: latticeRows(r.lattice, r.lattice.xs),
      ys: latticeRows(r.lattice, r.lattice.ys),
    },
  };
}

function latticeRows({ columns, rows }: Lattice, values: Float32Array): (number | null)[][] {
  return Array.from({ length: rows }, (_, j) =>
    Array.from(values.subarray(j * columns, (j + 1) * columns), (value) =>
      Number.isNaN(value) ? null : round(value, 1),
    ),
  );
}

function reportLead(cell: LeadCell, page: Digitization): PageReport['leads'][number] {
  const signal = page.signals.find(({ cellId }) => cellId === cell.id);
  const path = page.paths.find(({ cellId }) => cellId === cell.id);
  let traced = 0;
  let trust = 0;
  for (let i = 0; signal && i < signal.millivolts.length; i++) {
    if (Number.isNaN(signal.millivolts[i])) continue;
    traced++;
    trust += signal.confidence[i]!;
  }
  const samples = signal ? (cell.endSeconds - cell.startSeconds) * signal.fs : 0;
  const flags = page.findings.filter(({ leads }) => leads.includes(cell.lead)).map(({ code }) => code);
  if (traced === 0) flags.unshift('not-traced');
  return {
    lead: cell.lead,
    cellId: cell.id,
    role: cell.role,
    row: cell.row,
    column: cell.column,
    startSeconds: round(cell.startSeconds, 4),
    endSeconds: round(cell.endSeconds, 4),
    inverted: cell.inverted,
    ...(cell.gainMmPerMillivolt === undefined ? {} : { gainMmPerMillivolt: cell.gainMmPerMillivolt }),
    labelSource: cell.labelSource,
    labelConfidence: round(cell.confidence, 3),
    confidence: traced > 0 ? round(signal?.trust ?? trust / traced, 3) : 0,
    tracedShare: samples > 0 ? round(Math.min(1, traced / samples), 3) : 0,
    bridgedShare: path && path.bridged.length > 0 ? round(mean(path.bridged), 3) : 0,
    flags: [...new Set(flags)],
  };
}

function inReadingOrder(a: LeadCell, b: LeadCell): number {
  return a.row - b.row || a.column - b.column;
}

function mean(values: Uint8Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** JSON has no NaN or infinity. */
function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

function round(value: number, decimals: number): number {
  return Number.isFinite(value) ? Number(value.toFixed(decimals)) : 0;
}
