/** Edits and seconds that count for the whole of their half of the weight. */
const MANY_EDITS = 31;
const LONG_SECONDS = 450;
const SECONDS_SCALE = 30;

/**
 * How much more often a page is learnt from than one that was accepted as it was read: 1 to 2. What a person had to do is
 * what the model still has to learn; the logarithms and the bound keep one long page from drowning the others.
 *
 * @param edits - actions of a person on the page
 * @param seconds - time a person spent on it
 */
export function effortWeight(edits: number, seconds: number): number {
  const byEdits = Math.min(1, Math.log2(1 + Math.max(0, edits)) / Math.log2(1 + MANY_EDITS));
  const byTime = Math.min(
    1,
    Math.log2(1 + Math.max(0, seconds) / SECONDS_SCALE) / Math.log2(1 + LONG_SECONDS / SECONDS_SCALE),
  );
  // Time on a page that needed no edit was spent looking.
  return 1 + (edits > 0 ? (byEdits + byTime) / 2 : 0);
}
