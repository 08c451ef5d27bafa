import type { InkRegion } from './region/honour-regions.ts';
import type { Reason } from '../shared/reason.ts';
import type { LeadName } from '../shared/lead-name.ts';
import type { GridFrame, GridHandle } from './grid/bend-mesh.ts';
import type { Raster } from './image/raster.ts';
import type { Layout, LayoutKind } from './lead/layout.ts';
import type { PageHabits } from './learning/page-habits.ts';
import type { Finding } from './lint/finding.ts';
import type { Segmentation } from './mask/segmentation.ts';
import type { Rectification } from './page/rectification.ts';
import type { LeadSignal } from './signal/lead-signal.ts';
import type { TracePath } from './trace/trace-path.ts';

/** What a person may state about a page; `null` or absent means "find out". */
export interface DigitizeOverrides {
  readonly quarterTurns?: 0 | 1 | 2 | 3 | null;
  readonly layout?: LayoutKind | null;
  readonly cabrera?: boolean | null;
  readonly speedMmPerSecond?: number | null;
  readonly gainMmPerMillivolt?: number | null;
  /** Stated scale for pages without a usable grid, pixels of the source per millimetre. */
  readonly pxPerMm?: number | null;
  /** Places of the grid that was found and that really lie elsewhere, pixels of the source; one after the other. */
  readonly gridHandles?: readonly GridHandle[] | null;
  /** Where known paper lies, pixels of the source: takes the place of looking for the grid and of quarter turns. */
  readonly frame?: GridFrame | null;
  /** Lead name by cell id, e.g. `{ r0c1: 'aVL' }`. */
  readonly leads?: Readonly<Record<string, LeadName>> | null;
}

export interface DigitizeOptions {
  readonly overrides?: DigitizeOverrides;
  /** Parts of the page whose ink people spoke about. */
  readonly regions?: readonly InkRegion[];
  /** Samples per second of the result, 500 when absent. */
  readonly fs?: number;
  /** Lets long stages stop; checked between and inside stages. */
  readonly signal?: AbortSignal;
  /** Called when a stage begins: its name and the share of the whole done so far, 0..1. */
  readonly onStage?: (stage: StageName, progress: number) => void;
  /** A model's look at a canonical page; absent or null without a model, and the page is digitized without one. */
  readonly segment?: ((page: Raster) => Promise<Segmentation | null>) | null;
  /**
   * The look of the model that the first one was fine-tuned from: a page that is sure by it needs no other, of others the reading
   * that is trusted more is kept. What learnt from corrected pages reads some of their like worse. Absent or null for none.
   */
  readonly general?: DigitizeOptions['segment'];
  /** What corrected pages taught, for pages like them; absent or null for none. */
  readonly habits?: PageHabits | null;
  /** Leaves lines as they were traced, without what is known of such lines: for whoever learns that. */
  readonly asTraced?: boolean;
  /** Clock in milliseconds, for the stage timings. */
  readonly now?: () => number;
}

export const STAGE_NAMES = ['rectify', 'ink', 'layout', 'trace', 'signal', 'lint'] as const;
export type StageName = (typeof STAGE_NAMES)[number];

export interface StageReport {
  readonly stage: StageName;
  readonly confidence: number;
  readonly milliseconds: number;
  readonly reasons: readonly Reason[];
}

/** Everything Tracewright found on one page. */
export interface Digitization {
  /** `partial`: some printed leads failed; `failed`: no lead was digitized (the reasons say why). */
  readonly status: 'ok' | 'partial' | 'failed';
  readonly confidence: number;
  readonly imageWidth: number;
  readonly imageHeight: number;
  readonly rectification: Rectification | null;
  readonly layout: Layout | null;
  readonly paths: readonly TracePath[];
  /** The pixels of the canonical page that the tracer took for ink, see `packInked`; absent where nobody kept them. */
  readonly inked?: Uint8Array;
  readonly signals: readonly LeadSignal[];
  readonly findings: readonly Finding[];
  readonly stages: readonly StageReport[];
  readonly reasons: readonly Reason[];
}
