import type { TraceView } from '../../../shared/api/trace-bytes.ts';
import { LEVELS, levelsAlong, NO_LEVEL } from './confidence-levels.ts';

/** A path for each level of confidence, the worst first; null where nothing is on it. */
export type GradedPaths = readonly (Path2D | null)[];

/** The line of a trace in parts by its confidence, image pixels: one pass. Parts meet in the point where the level changes. */
export function gradedPaths(trace: TraceView): GradedPaths {
  const { xs, ys } = trace;
  const levels = levelsAlong(trace.confidence, ys);
  const paths: (Path2D | null)[] = Array.from({ length: LEVELS }, () => null);
  let pen = NO_LEVEL;
  for (let i = 0; i < xs.length; i++) {
    const level = levels[i]!;
    if (level === NO_LEVEL) {
      pen = NO_LEVEL;
      continue;
    }
    const x = xs[i]!;
    const y = ys[i]!;
    if (pen !== NO_LEVEL) paths[pen]!.lineTo(x, y);
    if (level !== pen) (paths[level] ??= new Path2D()).moveTo(x, y);
    pen = level;
  }
  return paths;
}

/** The paths of several leads in one of each level, so that a page takes a stroke a level. */
export function joinGraded(leads: readonly GradedPaths[]): GradedPaths {
  return Array.from({ length: LEVELS }, (_, level) => {
    let joined: Path2D | null = null;
    for (const paths of leads) {
      const path = paths[level];
      if (path) (joined ??= new Path2D()).addPath(path);
    }
    return joined;
  });
}
