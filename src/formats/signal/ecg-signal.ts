import { AppError } from '../../shared/app-error.ts';

/** One lead of a recording. */
export interface EcgLead {
  /** `I` ... `V6` where it is one of the twelve, else whatever the file calls it. */
  readonly name: string;
  /** Millivolts, NaN where the lead was not recorded, not printed or could not be traced. */
  readonly millivolts: Float32Array;
}

/**
 * A recording as every signal format of Tracewright is read and written: leads of one length at one rate. Sample k
 * of each lead belongs to second `startSeconds + k / fs` of the recording's own clock.
 */
export interface EcgSignal {
  /** Samples per second. */
  readonly fs: number;
  /** Second of sample 0; 0 nearly always. */
  readonly startSeconds: number;
  readonly leads: readonly EcgLead[];
  /** Local time of second 0 as `YYYY-MM-DDThh:mm:ss`, with `.mmm` where it is known; null: unknown. */
  readonly startTime: string | null;
  readonly recordId: string | null;
  readonly patientId: string | null;
  /** Lines about the recording that are stored with it, provenance among them. */
  readonly comments: readonly string[];
  /** What a reader had to assume or leave out, in words; never stored. */
  readonly remarks: readonly string[];
}

/** Most samples of all leads together that are read or written: 3 leads of a day at 250 Hz are 65 million. */
export const MAX_SAMPLES = 1 << 26;
/** Most leads of a recording. */
export const MAX_LEADS = 1024;

/**
 * Fills in what is usual (clock from 0, nothing known about patient and time) and checks what has to hold.
 *
 * @throws AppError `corrupt` for a rate that is no positive number, leads of different lengths or without any,
 *   `too-large` beyond `MAX_SAMPLES` and `MAX_LEADS`
 *
 * @example
 * ecgSignal({ fs: 500, leads: [{ name: 'II', millivolts: new Float32Array(5000) }] });
 */
export function ecgSignal(parts: Pick<EcgSignal, 'fs' | 'leads'> & Partial<EcgSignal>): EcgSignal {
  const { fs, leads, startSeconds = 0 } = parts;
  if (!(fs > 0 && fs <= 1e6)) {
    throw new AppError(
      'corrupt',
      `${fs} samples per second are no rate: it has to lie between 0 and 1,000,000.`,
    );
  }
  if (leads.length === 0) throw new AppError('corrupt', 'There is no lead of an ECG in this file.');
  if (!Number.isFinite(startSeconds))
    throw new AppError('corrupt', 'The recording starts at no time at all.');
  const samples = leads[0]!.millivolts.length;
  if (leads.some(({ millivolts }) => millivolts.length !== samples)) {
    throw new AppError('corrupt', 'The leads of this recording have different lengths.');
  }
  checkSize(leads.length, samples);
  return {
    fs,
    leads,
    startSeconds,
    startTime: parts.startTime ?? null,
    recordId: parts.recordId || null,
    patientId: parts.patientId || null,
    comments: parts.comments ?? [],
    remarks: parts.remarks ?? [],
  };
}

/** Refuses recordings too long to hold, before anything is set aside for them. @throws AppError `too-large` */
export function checkSize(leads: number, samples: number): void {
  if (leads > MAX_LEADS) {
    throw new AppError('too-large', `${leads} leads are too many: at most ${MAX_LEADS} are read.`);
  }
  if (!(leads * samples <= MAX_SAMPLES)) {
    throw new AppError(
      'too-large',
      `${leads} leads of ${samples} samples are too many: at most ${MAX_SAMPLES} samples are read. Cut the recording.`,
    );
  }
}

/** Samples of each lead. */
export function sampleCount(signal: EcgSignal): number {
  return signal.leads[0]?.millivolts.length ?? 0;
}
