import type { LeadReview } from '../../../shared/api/edit-record.ts';
import type { PaperColours } from './paper-colours.ts';

/** Width of a mark with its room, CSS pixels. */
export const REVIEW_MARK_PX = 16;

/** Draws what was decided on a lead at (x, y), the middle of a mark of 10 pixels: tick, cross or eye. */
export function paintReviewMark(
  context: CanvasRenderingContext2D,
  state: Exclude<LeadReview, 'open'>,
  x: number,
  y: number,
  colours: PaperColours,
): void {
  context.save();
  context.lineWidth = 2;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.beginPath();
  if (state === 'accepted') {
    context.strokeStyle = colours.accepted;
    context.moveTo(x - 4, y);
    context.lineTo(x - 1, y + 3.5);
    context.lineTo(x + 5, y - 4);
  } else if (state === 'rejected') {
    context.strokeStyle = colours.rejected;
    context.moveTo(x - 4, y - 4);
    context.lineTo(x + 4, y + 4);
    context.moveTo(x + 4, y - 4);
    context.lineTo(x - 4, y + 4);
  } else {
    context.strokeStyle = context.fillStyle = colours.secondLook;
    context.ellipse(x, y, 6, 4, 0, 0, 2 * Math.PI);
    context.moveTo(x + 1, y);
    context.arc(x, y, 1, 0, 2 * Math.PI);
  }
  context.stroke();
  context.restore();
}
