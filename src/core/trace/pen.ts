/**
 * The pen as it shows on the page: a disc of `radiusPx` whose edge is blurred over `edgePx` by paper, lens and pixel,
 * and whose full stroke reaches `strength` of the page's ink.
 */
export interface Pen {
  readonly radiusPx: number;
  readonly edgePx: number;
  readonly strength: number;
  /** Scatter of the ink's coverage around this model, share of ink (0.02 clean, 0.3 black-and-white). */
  readonly noise: number;
}

/**
 * Share of ink at `distancePx` from the centre line: a slab of the pen's width with both edges blurred.
 *
 * @example penShare({ radiusPx: 2, edgePx: 1, strength: 1 }, 0) // 1
 */
export function penShare(pen: Pen, distancePx: number): number {
  return (
    pen.strength *
    (edge((distancePx + pen.radiusPx) / pen.edgePx) - edge((distancePx - pen.radiusPx) / pen.edgePx))
  );
}

/** Change of `penShare` per pixel of distance. */
export function penSlope(pen: Pen, distancePx: number): number {
  return (
    (pen.strength / pen.edgePx) *
    (edgeSlope((distancePx + pen.radiusPx) / pen.edgePx) -
      edgeSlope((distancePx - pen.radiusPx) / pen.edgePx))
  );
}

/** Smooth step from 0 at -0.75 to 1 at 0.75: close to a pixel's box over a slanted edge, and differentiable. */
function edge(u: number): number {
  if (u <= -0.75) return 0;
  if (u >= 0.75) return 1;
  const t = u / 1.5 + 0.5;
  return t * t * (3 - 2 * t);
}

function edgeSlope(u: number): number {
  if (u <= -0.75 || u >= 0.75) return 0;
  const t = u / 1.5 + 0.5;
  return 4 * t * (1 - t);
}
