import type { LeadName } from '../../shared/lead-name.ts';
import type { MaskWindow } from './mask-window.ts';

/** The pixels of the picture that the trace of one printed stretch of a lead covers. */
export interface LeadMask {
  readonly cellId: string;
  readonly lead: LeadName;
  readonly role: 'lead' | 'rhythm';
  /** Span on the page's clock, seconds; null where it is not known. */
  readonly startSeconds: number | null;
  readonly endSeconds: number | null;
  readonly mask: MaskWindow;
}

/** Something else that is known to lie on the page; a polygon in image pixels, centres at integers. */
export interface PageOutline {
  readonly kind: 'text' | 'paper' | 'pulse';
  /** What the text says, where it was read. */
  readonly text: string | null;
  readonly polygon: readonly (readonly [x: number, y: number])[];
}

/** Masks of one page; traces that cross share their pixels. */
export interface PageMasks {
  /** Size of the picture, pixels. */
  readonly width: number;
  readonly height: number;
  readonly leads: readonly LeadMask[];
  readonly outlines: readonly PageOutline[];
}
