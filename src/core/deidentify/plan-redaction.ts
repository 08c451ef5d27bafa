import { AppError } from '../../shared/app-error.ts';
import type { Box } from '../image/raster.ts';

/** What a box of print is. `identity`: it may tell who the patient is. */
export type PrintKind = 'lead-label' | 'scale' | 'identity' | 'other';

/** Print on a page as the machine or a person marked it; image pixels. */
export interface MarkedPrint {
  /** Whether a person has looked at all of it. */
  readonly reviewed: boolean;
  readonly boxes: readonly (Box & { readonly kind: PrintKind })[];
}

export interface RedactionOptions {
  /** Kinds to take out, `identity` by default. */
  readonly kinds?: readonly PrintKind[];
  /** Take pages that nobody has reviewed as the machine marked them; refused by default. */
  readonly allowUnreviewed?: boolean;
}

/**
 * The boxes that must be burnt out of a page before it may leave.
 *
 * @param page what to call the page in a refusal
 * @param print null: print was never looked for
 * @throws AppError `conflict` for a page that no person has reviewed, unless that is allowed
 */
export function planRedaction(
  page: string,
  print: MarkedPrint | null,
  { kinds = ['identity'], allowUnreviewed = false }: RedactionOptions = {},
): Box[] {
  if (!allowUnreviewed && !print?.reviewed) {
    throw new AppError(
      'conflict',
      `${page}: nobody has reviewed its text, so it may still say who the patient is. Review the boxes of the page, or allow unreviewed pages.`,
    );
  }
  return (print?.boxes ?? [])
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ x0, y0, x1, y1 }) => ({ x0, y0, x1, y1 }));
}
