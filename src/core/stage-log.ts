import { AppError, toAppError } from '../shared/app-error.ts';
import type { Reason, StageResult } from '../shared/reason.ts';
import type { DigitizeOptions, StageName, StageReport } from './digitization.ts';

/** Share of the whole that is done when each stage begins, from median stage times. */
const PROGRESS: Record<StageName, number> = {
  rectify: 0,
  ink: 0.3,
  layout: 0.45,
  trace: 0.6,
  signal: 0.93,
  lint: 0.98,
};

/** Runs the stages of a page and keeps what each says of itself. */
export interface StageLog {
  /** Tells that a stage begins. @throws what the signal was aborted with */
  begin(stage: StageName): void;
  /**
   * Runs a stage; a stage that runs again replaces its report. What it throws becomes an error among its reasons and is
   * thrown on as an AppError.
   *
   * @param started - when it began, if before now
   */
  run<T>(stage: StageName, work: () => StageResult<T>, started?: number): T;
  /** Adds time and perhaps a reason to a stage that has run. */
  amend(stage: StageName, milliseconds: number, reasons?: readonly Reason[]): void;
  confidenceOf(stage: StageName): number;
  /** Time counts whether or not its result was used in the end. */
  reports(): readonly StageReport[];
  /** A log that goes on from here on its own; both count the time of both. */
  fork(): StageLog;
}

type Surroundings = Required<Pick<DigitizeOptions, 'now'>> & Pick<DigitizeOptions, 'signal' | 'onStage'>;

/** A log of no stages yet. Progress is told as the greatest share reached, for stages may run again. */
export function createStageLog({ now, signal, onStage }: Surroundings): StageLog {
  const spent = new Map<StageName, number>();
  let reached = 0;

  const logOf = (before: readonly StageReport[]): StageLog => {
    const reports = [...before];
    const put = (report: StageReport): void => {
      const at = reports.findIndex(({ stage }) => stage === report.stage);
      if (at < 0) reports.push(report);
      else reports[at] = report;
    };
    const spend = (stage: StageName, milliseconds: number): void => {
      spent.set(stage, (spent.get(stage) ?? 0) + milliseconds);
    };
    const begin = (stage: StageName): void => {
      signal?.throwIfAborted();
      reached = Math.max(reached, PROGRESS[stage]);
      onStage?.(stage, reached);
    };
    return {
      begin,
      run(stage, work, started = now()) {
        begin(stage);
        try {
          const { value, confidence, reasons } = work();
          put({ stage, confidence, milliseconds: 0, reasons });
          return value;
        } catch (thrown) {
          const error = signal?.aborted ? cancelled(thrown) : toAppError(thrown);
          if (error.code !== 'cancelled') {
            const reason: Reason = { code: error.code, severity: 'error', message: error.message };
            put({ stage, confidence: 0, milliseconds: 0, reasons: [reason] });
          }
          throw error;
        } finally {
          spend(stage, now() - started);
        }
      },
      amend(stage, milliseconds, reasons = []) {
        spend(stage, milliseconds);
        const report = reports.find((one) => one.stage === stage);
        if (report && reasons.length > 0) put({ ...report, reasons: [...report.reasons, ...reasons] });
      },
      confidenceOf: (stage) => reports.find((one) => one.stage === stage)?.confidence ?? 0,
      reports: () => reports.map((one) => ({ ...one, milliseconds: spent.get(one.stage) ?? 0 })),
      fork: () => logOf(reports),
    };
  };
  return logOf([]);
}

/** The error of a page that was given up on purpose. */
export function cancelled(cause: unknown): AppError {
  return new AppError('cancelled', 'Digitizing was cancelled.', { cause });
}
