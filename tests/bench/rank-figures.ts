/** Above this all pages count the same, as in the Kaggle metric. */
const CAP_DB = 25.84;

/** A page with its true SNR and the style, or folder, it belongs to. */
export interface KnownPage {
  readonly style: string;
  readonly snrDb: number;
}

/**
 * AUROC of a measure for "this page is below the median SNR of its style": the share of pairs of a bad and another page that it tells
 * right, equals counting half; NaN without pairs.
 *
 * @param within whether only pages of one style are paired
 */
export function badnessAuroc<P extends KnownPage>(
  pages: readonly P[],
  measure: (page: P) => number,
  within: boolean,
): number {
  const capped = ({ snrDb }: P): number => Math.min(CAP_DB, snrDb);
  const medians = new Map<string, number>();
  for (const { style } of pages) {
    const values = pages.filter((one) => one.style === style).map(capped);
    values.sort((a, b) => a - b);
    medians.set(style, (values[(values.length - 1) >> 1]! + values[values.length >> 1]!) / 2);
  }
  const isBad = (page: P): boolean => capped(page) < medians.get(page.style)!;
  let [right, all] = [0, 0];
  for (const bad of pages.filter(isBad)) {
    for (const good of pages) {
      if (isBad(good) || (within && good.style !== bad.style)) continue;
      const [a, b] = [measure(bad), measure(good)];
      right += a > b ? 1 : a === b ? 0.5 : 0;
      all++;
    }
  }
  return right / all;
}

/** Spearman's correlation of ranks; equals stand in the order given. */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const ranks = (values: readonly number[]): number[] => {
    const places = new Array<number>(values.length);
    const order = values.map((_, k) => k).sort((i, j) => values[i]! - values[j]!);
    for (const [place, k] of order.entries()) places[k] = place;
    return places;
  };
  const [x, y] = [ranks(a), ranks(b)];
  const middle = (a.length - 1) / 2;
  let [xy, xx] = [0, 0];
  for (const [k, place] of x.entries()) {
    xy += (place - middle) * (y[k]! - middle);
    xx += (place - middle) ** 2;
  }
  return xy / xx;
}
