import type { PageHabits } from '../../core/learning/page-habits.ts';

/** What is known about a model file; lies beside it as JSON. */
export interface ModelCard {
  readonly name: string;
  /** Name of the model file in the card's folder. */
  readonly file: string;
  /** Digest of the model file, hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
  readonly contract: string;
  readonly opset: number;
  readonly precision: 'float32' | 'int8';
  /** State of the sources it was trained with; null when nobody said. */
  readonly revision: string | null;
  /** Training steps and seconds behind it. */
  readonly step: number;
  readonly seconds: number;
  readonly data: {
    /** Number of records trained on. */
    readonly trained: number;
    readonly heldOut: readonly string[];
    readonly excluded: readonly string[];
  };
  /** On pages drawn from the held-out records; null when not measured. */
  readonly metrics: unknown;
  /** The training settings. */
  readonly settings: unknown;
  /** Scales of the pages it learnt from, for pages like them that show none; absent for none. */
  readonly habits?: PageHabits;
  /** What it went on from, and by what; absent for a model that was trained from nothing. */
  readonly finetuned?: {
    readonly set: string;
    readonly parent: string;
    /** How far it went from that model towards what the run made of it, and what else was tried; see `chooseMix`. */
    readonly mix: {
      readonly share: number;
      readonly by: 'snr' | 'default';
      readonly pages: number;
      readonly tried: readonly {
        readonly share: number;
        readonly loss: number;
        readonly snrDb: number | null;
      }[];
    };
  };
  /** What a trainer elsewhere says of itself; absent for a model that this program trained. */
  readonly elsewhere?: Readonly<Record<string, string | number | boolean>>;
}
