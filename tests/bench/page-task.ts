import type { HabitPage, PageHabits } from '../../src/core/learning/page-habits.ts';
import type { LeadTable } from '../../src/core/metrics/lead-table.ts';
import type { SynthPreset } from '../../src/core/synthesis/random-page/synth-preset.ts';
import type { ModelFile } from '../../src/main/inference/model-file.ts';
import type { AnnotatedEntry } from './annotated-set.ts';

/** A page that the generator draws: the `k`-th of a part, no finer than `dpi`. */
export interface DrawnSource {
  readonly preset: SynthPreset;
  readonly seed: number;
  readonly part: string;
  readonly k: number;
  readonly dpi: number;
}

/** A scan whose signals are known. */
export interface ScanSource {
  readonly path: string;
  readonly truth: LeadTable;
}

/** Corrects a page with the truth; a drawn one is written to `png`. */
export interface AnnotateTask {
  readonly kind: 'annotate';
  readonly page: DrawnSource | ScanSource;
  readonly model: ModelFile;
  readonly png?: string;
}

/** Reads a page in several ways. */
export interface ReadTask {
  readonly kind: 'read';
  readonly page: DrawnSource | ScanSource;
  readonly ways: readonly { readonly model: ModelFile; readonly habits: PageHabits | null }[];
}

export type PageTask = AnnotateTask | ReadTask;

/** A corrected page; what it teaches of scales is told of drawn ones alone. */
export interface Annotated {
  readonly entry: AnnotatedEntry;
  readonly columns: { readonly changed: number; readonly all: number };
  readonly habit: HabitPage | null;
}

/** How well a page was read. */
export interface PageReading {
  readonly snrDb: number;
  readonly confidence: number;
  /** Whether the digitizer asked the model at all, and took what it saw. */
  readonly asked: boolean;
  readonly helped: boolean;
  /** As it was read. */
  readonly layout: string;
  readonly speedMmPerSecond: number;
  readonly gainMmPerMillivolt: number;
  readonly seconds: number;
}

/** Null for a page on which there is nothing to correct. */
export type PageAnswer<T extends PageTask> = T extends AnnotateTask ? Annotated | null : PageReading[];
