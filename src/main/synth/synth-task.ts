import type { EcgKind } from '../../core/synthesis/ecg/random-ecg.ts';
import type { PageWishes } from '../../core/synthesis/random-page/page-wishes.ts';
import type { SynthPreset } from '../../core/synthesis/random-page/synth-preset.ts';

/** What all pages of a run have in common. */
export interface SynthRecipe {
  /** Seed of the run. */
  readonly seed: number;
  readonly preset: SynthPreset;
  readonly wishes: PageWishes;
  /** Heart of the model; records have their own. */
  readonly heart: EcgKind | 'any';
  /** Where records begin to be printed, seconds. */
  readonly startSeconds: number;
  /** `auto`: JPEG for pages that are drawn with JPEG artefacts, else PNG. */
  readonly format: 'auto' | 'png' | 'jpg';
  /** Whether the WFDB copy holds only what is printed. */
  readonly maskUnplotted: boolean;
  /** Whether a mask per page is written. */
  readonly masks: boolean;
}

/** One page to draw. Plain data, so that it can travel to a worker thread. */
export interface SynthTask {
  readonly recipe: SynthRecipe;
  /** Path below the output folder without an ending, with `/`. */
  readonly name: string;
  readonly out: string;
  /** Header of the record to print; null for the model. */
  readonly recordPath: string | null;
  readonly overwrite: boolean;
}

/** What became of a page. */
export interface SynthOutcome {
  /** `kept`: an earlier run of the same recipe had drawn it. */
  readonly status: 'drawn' | 'kept';
  /** Kind of page and layout, for a line of progress. */
  readonly note: string;
  readonly milliseconds: number;
}
