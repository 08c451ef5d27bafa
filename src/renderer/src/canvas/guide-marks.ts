import { templateOf } from '../../../core/lead/layout-templates.ts';
import type { TemplateGuides } from '../../../core/edit/template-guides.ts';
import type { Rectification } from '../../../core/page/rectification.ts';
import { canonicalToImage } from '../../../core/page/warp-map.ts';
import type { LeadName } from '../../../shared/lead-name.ts';
import type { Points } from './polygon.ts';

/** The guides of a layout as they are drawn; image pixels. */
export interface GuideMarks {
  readonly columns: readonly GuideLine[];
  readonly rows: readonly GuideLine[];
  /** Where each lead would begin. */
  readonly names: readonly { readonly lead: LeadName; readonly x: number; readonly y: number }[];
}

export interface GuideLine {
  readonly points: Points;
  readonly held: boolean;
  /** Whether something drew it to where it is. */
  readonly snapped: boolean;
}

const STEPS = 24;

/** Lays guides over the bent paper of the picture. */
export function guideMarks(
  { warp, canonicalWidth, canonicalHeight }: Rectification,
  { kind, cabrera, columns, rows }: TemplateGuides,
  held: {
    readonly which: 'columns' | 'rows';
    readonly index: number;
    readonly snapped: string | null;
  } | null,
): GuideMarks {
  const line = (
    which: 'columns' | 'rows',
    index: number,
    at: (share: number) => [number, number],
  ): GuideLine => {
    const isHeld = held?.which === which && held.index === index;
    const points = Array.from({ length: STEPS + 1 }, (_, k) => canonicalToImage(warp, ...at(k / STEPS)));
    return { points, held: isHeld, snapped: isHeld && held.snapped !== null && held.snapped !== 'mm' };
  };
  const grid = templateOf(kind, cabrera).grid;
  const gap = rows.length > 1 ? Math.min(...rows.slice(1).map((y, k) => y - rows[k]!)) : canonicalHeight / 3;
  return {
    columns: columns.map((x, index) => line('columns', index, (share) => [x, share * canonicalHeight])),
    rows: rows.map((y, index) => line('rows', index, (share) => [share * canonicalWidth, y])),
    names: grid.flatMap((leads, row) =>
      leads.map((lead, column) => {
        const [x, y] = canonicalToImage(warp, columns[column]!, rows[row]! - 0.35 * gap);
        return { lead, x, y };
      }),
    ),
  };
}
