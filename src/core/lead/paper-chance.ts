/** Sheets that ECGs are printed and copied on, longer side first, millimetres, and how often: A4, letter, legal, A3, A5. */
const SHEETS: readonly (readonly [number, number, number])[] = [
  [297, 210, 0.42],
  [279.4, 215.9, 0.36],
  [355.6, 215.9, 0.07],
  [420, 297, 0.08],
  [210, 148, 0.07],
];
/** Chance that a picture shows a whole sheet, and that it shows its width and is cut below or above. */
const WHOLE = 0.45;
const CUT = 0.25;
/** A picture shows a little more or less than its sheet, as a share; others are about so long, and may be far from it. */
const SPREAD = 0.03;
const USUAL_MM = 240;
const FAR_SPREAD = 0.45;
/** How much of the other side is left of a sheet that is cut: anything down to a tenth, as the width of a logarithm. */
const CUT_RANGE = Math.log(10);

/**
 * Density of the logarithms of the sides of a picture by the sheet of paper that it shows: most show a whole one, or one
 * cut to the recording.
 */
export function paperChance(widthMm: number, heightMm: number): number {
  const near = (side: number, of: number): number => density(Math.log(side / of), SPREAD);
  const far = (side: number): number => density(Math.log(side / USUAL_MM), FAR_SPREAD);
  let chance = (1 - WHOLE - CUT) * far(widthMm) * far(heightMm);
  for (const [long, short, share] of SHEETS) {
    for (const [across, down] of [
      [long, short],
      [short, long],
    ] as const) {
      chance += (share / 2) * WHOLE * near(widthMm, across) * near(heightMm, down);
      if (heightMm < down * (1 + SPREAD)) chance += ((share / 2) * CUT * near(widthMm, across)) / CUT_RANGE;
    }
  }
  return chance;
}

/** Normal density. */
function density(off: number, spread: number): number {
  return Math.exp(-0.5 * (off / spread) ** 2) / (Math.sqrt(2 * Math.PI) * spread);
}
