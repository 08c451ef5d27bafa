import type { DifferenceStretch } from '../../../core/agreement/difference-stretches.ts';
import type { TraceView } from '../../../shared/api/trace-bytes.ts';
import { tracePath } from './build-paths.ts';

/** A lead of one version, and where the other one differs; all of it where the other has no such lead. */
export interface DifferingLead {
  readonly trace: TraceView;
  readonly stretches: readonly DifferenceStretch[] | 'all';
}

/** Marked so far beyond each stretch, seconds, so that short ones are seen. */
const BESIDE_SECONDS = 0.04;

/** Path along everything in which a version differs from another, image pixels. */
export function differingPath(leads: readonly DifferingLead[]): Path2D {
  const path = new Path2D();
  for (const { trace, stretches } of leads) {
    if (stretches === 'all') path.addPath(tracePath(trace));
    else {
      for (const { startSeconds, endSeconds } of stretches) {
        path.addPath(tracePath(trace, startSeconds - BESIDE_SECONDS, endSeconds + BESIDE_SECONDS));
      }
    }
  }
  return path;
}
