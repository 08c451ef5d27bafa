/** A column of numbers, one per page; null where a page has none. */
export interface NumberColumn {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

/** Fewer pages than this say nothing about a relation. */
const LEAST_PAGES = 3;

/**
 * Pearson correlations of every two columns over the pages that have both, row by row. NaN where there are too few, or
 * where a column does not vary.
 */
export function correlationMatrix(columns: readonly NumberColumn[]): number[][] {
  return columns.map((a, i) =>
    columns.map((b, j) => (i === j && varies(a) ? 1 : correlation(a.values, b.values))),
  );
}

function varies({ values }: NumberColumn): boolean {
  const known = values.filter((value) => value !== null);
  return known.length >= LEAST_PAGES && known.some((value) => value !== known[0]);
}

function correlation(a: readonly (number | null)[], b: readonly (number | null)[]): number {
  let n = 0;
  let meanA = 0;
  let meanB = 0;
  let varA = 0;
  let varB = 0;
  let both = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a[i];
    const y = b[i];
    if (x === null || x === undefined || y === null || y === undefined) continue;
    n++;
    const dx = x - meanA;
    const dy = y - meanB;
    meanA += dx / n;
    meanB += dy / n;
    varA += dx * (x - meanA);
    varB += dy * (y - meanB);
    both += dx * (y - meanB);
  }
  return n < LEAST_PAGES || !(varA > 0) || !(varB > 0) ? NaN : both / Math.sqrt(varA * varB);
}
