/**
 * The first date that texts from a page hold, as `YYYY-MM-DD`; null for none. Read are ISO and DICOM dates, and days before
 * months before years with dots or slashes, as `shiftDate` shifts them. Years from 1950 to 2099.
 *
 * @example
 * findDate(['Jane Roe', '01.03.2024 10:01']); // '2024-03-01'
 */
export function findDate(texts: readonly string[]): string | null {
  for (const text of texts) {
    for (const [pattern, order] of FORMS) {
      const match = pattern.exec(text);
      if (!match) continue;
      const [y, m, d] = order.map((group) => match[group]!);
      if (Number(m) >= 1 && Number(m) <= 12 && Number(d) >= 1 && Number(d) <= 31) return `${y}-${m}-${d}`;
    }
  }
  return null;
}

const YEAR = '(19[5-9]\\d|20\\d\\d)';
/** Pattern, and which of its groups are year, month and day. */
const FORMS: readonly (readonly [RegExp, readonly [number, number, number]])[] = [
  [new RegExp(`(?<!\\d)${YEAR}-(\\d\\d)-(\\d\\d)(?!\\d)`), [1, 2, 3]],
  [new RegExp(`(?<!\\d)(\\d\\d)[./](\\d\\d)[./]${YEAR}(?!\\d)`), [3, 2, 1]],
  [new RegExp(`(?<!\\d)${YEAR}(\\d\\d)(\\d\\d)(?!\\d)`), [1, 2, 3]],
];
