import type { InkComponents } from './ink-components.ts';

/** Side of a cell of the trace grid, millimetres. */
export const TRACE_GRID_MM = 0.5;

/**
 * Coarse map of the ink that may be trace: 1 where a cell of 0.5 mm holds ink of a component that is not a letter.
 * Everything about rows is decided here; it is some hundred times smaller than the page.
 */
export interface TraceGrid {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Canonical pixels per cell. */
  readonly cellPx: number;
}

/** Tallest and widest letter in millimetres, and the least height that tells a letter from a speck of trace. */
const LETTER_MAX_MM = 6;
const LETTER_MIN_HEIGHT_MM = 1;
/** Specks below this area are dust. */
const DUST_MM2 = 0.04;

/** Whether component `c` has the size of a letter. */
export function isLetterSized(components: InkComponents, c: number, pxPerMm: number): boolean {
  const height = (components.y1[c] - components.y0[c]) / pxPerMm;
  const width = (components.x1[c] - components.x0[c]) / pxPerMm;
  return height >= LETTER_MIN_HEIGHT_MM && height <= LETTER_MAX_MM && width <= LETTER_MAX_MM;
}

/** Strong grid lines lie on multiples of 5 mm of the canonical page, and are about this thick. */
const LATTICE_PITCH_MM = 5;
const LATTICE_HALF_MM = 0.35;

export interface TraceGridOptions {
  /** Leaves out what lies on the strong horizontal grid lines, for pages where those could not be told from ink. */
  readonly skipLattice?: boolean;
  /** Keeps pieces of the size of letters: the ink holds no lettering any more. */
  readonly keepLetterSized?: boolean;
}

/** Draws all but letters and dust into the coarse grid. */
export function makeTraceGrid(
  components: InkComponents,
  pageWidth: number,
  pageHeight: number,
  pxPerMm: number,
  { skipLattice = false, keepLetterSized = false }: TraceGridOptions = {},
): TraceGrid {
  const cellPx = TRACE_GRID_MM * pxPerMm;
  const width = Math.ceil(pageWidth / cellPx);
  const height = Math.ceil(pageHeight / cellPx);
  const data = new Uint8Array(width * height);
  const keep = new Uint8Array(components.count);
  const dust = DUST_MM2 * pxPerMm * pxPerMm;
  for (let c = 0; c < components.count; c++) {
    const asLetter = !keepLetterSized && isLetterSized(components, c, pxPerMm);
    keep[c] = components.area[c] >= dust && !asLetter ? 1 : 0;
  }
  for (let k = 0; k < components.runCount; k++) {
    if (keep[components.runComponent[k]] === 0) continue;
    if (skipLattice) {
      const mm = components.runY[k] / pxPerMm;
      if (Math.abs(mm - LATTICE_PITCH_MM * Math.round(mm / LATTICE_PITCH_MM)) < LATTICE_HALF_MM) continue;
    }
    const row = Math.min(height - 1, Math.floor(components.runY[k] / cellPx)) * width;
    const from = Math.floor(components.runX0[k] / cellPx);
    const to = Math.min(width - 1, Math.floor((components.runX1[k] - 1) / cellPx));
    for (let x = from; x <= to; x++) data[row + x] = 1;
  }
  return { data, width, height, cellPx };
}
