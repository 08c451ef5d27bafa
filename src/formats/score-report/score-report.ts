import type { BoxRow } from './boxes-svg.ts';
import type { ScatterPoint } from './scatter-svg.ts';
import type { SignalPair } from './signal-svg.ts';

/** A table of the report; the first column is a name, the others are figures. */
export interface ReportTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A page that came out badly, to be looked at. */
export interface ReportPage {
  readonly name: string;
  readonly snrDb: number;
  /** Layout, reason and the like. */
  readonly note: string;
  /** JPEG of the overlay, or null when there is none. */
  readonly thumbnail: Uint8Array | null;
  /** Its worst leads. */
  readonly leads: readonly { readonly name: string; readonly snrDb: number; readonly signals: SignalPair }[];
}

/** Everything the report shows; plain data, so that writing it is pure. */
export interface ScoreReport {
  readonly truth: string;
  readonly pred: string;
  readonly against: string | null;
  /** The headline: name, figure, interval or explanation. */
  readonly figures: readonly { readonly name: string; readonly value: string; readonly note: string }[];
  readonly tables: readonly ReportTable[];
  /** Decibels of every page. */
  readonly decibels: readonly number[];
  readonly medianDb: number;
  readonly byLead: readonly BoxRow[];
  readonly byFolder: readonly BoxRow[];
  /** Stated confidence against decibels; empty without page reports. */
  readonly confidence: readonly ScatterPoint[];
  /** QT of truth and prediction, one point per lead and page, milliseconds. */
  readonly qt: readonly ScatterPoint[];
  /** Decibels of the other prediction and of this one, one point per page. */
  readonly rivals: readonly ScatterPoint[];
  readonly worst: readonly ReportPage[];
}
