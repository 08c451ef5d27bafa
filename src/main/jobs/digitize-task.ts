import type { DigitizeOverrides } from '../../core/digitization.ts';
import type { InkRegion } from '../../core/region/honour-regions.ts';
import type { ErrorCode } from '../../shared/app-error.ts';
import type { PageModel } from '../inference/page-model.ts';
import type { PageResult } from '../store/result-table.ts';

/** A page for a digitizing process; plain data. */
export interface DigitizeTask {
  readonly path: string;
  readonly pageIndex: number;
  readonly overrides: DigitizeOverrides;
  /** Parts of the page whose ink people spoke about. */
  readonly regions: readonly InkRegion[];
  /** Model that looks at the page; null: none. */
  readonly model: PageModel | null;
  readonly fs: number;
}

/** What a process tells while it works: the stage that begins. */
export interface StageNews {
  readonly stage: string;
  /** Share of the whole done so far, 0..1. */
  readonly progress: number;
}

/** What came of a page; plain data. */
export interface DigitizeOutcome {
  readonly result: PageResult;
  /** Why nothing could be digitized, for programs. */
  readonly code: ErrorCode | null;
}
