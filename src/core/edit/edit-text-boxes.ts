import type { FoundPrint, PageTextBox, PageTextBoxes, TextBoxKind } from '../../shared/api/text-boxes.ts';
import type { Box } from '../image/raster.ts';

/** A box is at least so wide and high, image pixels. */
export const LEAST_TEXT_BOX_PX = 3;

/** A box of a person, whole pixels within the picture. Null where nothing of it would be left. */
export function tidyTextBox(box: Box, width: number, height: number): Box | null {
  const [x0, x1] = ordered(box.x0, box.x1, width);
  const [y0, y1] = ordered(box.y0, box.y1, height);
  return x1 - x0 < LEAST_TEXT_BOX_PX || y1 - y0 < LEAST_TEXT_BOX_PX ? null : { x0, y0, x1, y1 };
}

/** Moves a box by whole pixels; it stays within the picture. */
export function moveTextBox(box: Box, dx: number, dy: number, width: number, height: number): Box {
  const x = Math.max(-box.x0, Math.min(width - box.x1, Math.round(dx)));
  const y = Math.max(-box.y0, Math.min(height - box.y1, Math.round(dy)));
  return { x0: box.x0 + x, y0: box.y0 + y, x1: box.x1 + x, y1: box.y1 + y };
}

/** Adds a box; its id is the last one's. */
export function addTextBox(boxes: PageTextBoxes, kind: TextBoxKind, box: Box): PageTextBoxes {
  const { x0, y0, x1, y1 } = box;
  const added = { id: freeId(boxes), kind, text: '', x0, y0, x1, y1 };
  return { ...boxes, boxes: [...boxes.boxes, added] };
}

/** Share of a piece of print that boxes must cover together for it to be known. */
const KNOWN = 0.7;
/** Places across and down a box at which it is asked whether it is covered. */
const PLACES = 16;

/** What a closer look found that boxes so far, taken together, do not cover. */
export function missedPrint({ boxes }: PageTextBoxes, found: readonly FoundPrint[]): FoundPrint[] {
  return found.filter((one) => {
    const near = boxes.filter(
      (box) => box.x0 < one.x1 && one.x0 < box.x1 && box.y0 < one.y1 && one.y0 < box.y1,
    );
    let covered = 0;
    for (let j = 0; j < PLACES; j++) {
      const y = one.y0 + ((j + 0.5) / PLACES) * (one.y1 - one.y0);
      for (let i = 0; i < PLACES; i++) {
        const x = one.x0 + ((i + 0.5) / PLACES) * (one.x1 - one.x0);
        if (near.some((box) => x >= box.x0 && x < box.x1 && y >= box.y0 && y < box.y1)) covered++;
      }
    }
    return covered < KNOWN * PLACES * PLACES;
  });
}

/** Gives a box another kind or place. */
export function changeTextBox(
  boxes: PageTextBoxes,
  id: string,
  change: Partial<Pick<PageTextBox, 'kind' | 'x0' | 'y0' | 'x1' | 'y1'>>,
): PageTextBoxes {
  return { ...boxes, boxes: boxes.boxes.map((box) => (box.id === id ? { ...box, ...change } : box)) };
}

export function dropTextBox(boxes: PageTextBoxes, id: string): PageTextBoxes {
  return { ...boxes, boxes: boxes.boxes.filter((box) => box.id !== id) };
}

/** Boxes as they are walked through with the keyboard: by lines from above, each from the left. */
export function inReadingOrder(boxes: readonly PageTextBox[]): PageTextBox[] {
  const lines: PageTextBox[][] = [];
  for (const box of [...boxes].sort((a, b) => a.y0 + a.y1 - b.y0 - b.y1)) {
    const line = lines.at(-1);
    const first = line?.[0];
    if (first && (box.y0 + box.y1) / 2 < first.y1) line.push(box);
    else lines.push([box]);
  }
  return lines.flatMap((line) => line.sort((a, b) => a.x0 - b.x0));
}

function ordered(a: number, b: number, most: number): [number, number] {
  const [from, to] = a < b ? [a, b] : [b, a];
  return [Math.max(0, Math.floor(from)), Math.min(most, Math.ceil(to))];
}

function freeId({ boxes }: PageTextBoxes): string {
  let n = 0;
  while (boxes.some(({ id }) => id === `b${n}`)) n++;
  return `b${n}`;
}
