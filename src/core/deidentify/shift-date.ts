/**
 * Shifts the date in a text by days and leaves the time of day alone. Read are ISO dates with or without a time
 * (`2024-02-28`, `2024-02-28T09:30:00Z`), DICOM DA and DT (`20240228`, `20240228093000.000000+0100`), WFDB and German
 * dates (`28/02/2024`, `28.02.2024`). The result is written the same way.
 *
 * @param days whole days, negative: earlier
 * @returns null when the text holds no date of these kinds; it is for the caller to leave such a text out
 *
 * @example
 * shiftDate('20240301093000', -1); // '20240229093000'
 */
export function shiftDate(text: string, days: number): string | null {
  for (const { pattern, order, join } of FORMS) {
    const match = pattern.exec(text);
    if (!match) continue;
    const part = (name: 'y' | 'm' | 'd') => Number(match[order.indexOf(name) + 1]);
    const moved = moveDate(part('y'), part('m'), part('d'), days);
    if (!moved) return null;
    return join(moved) + text.slice(match[0].length);
  }
  return null;
}

interface Form {
  readonly pattern: RegExp;
  readonly order: readonly ('y' | 'm' | 'd')[];
  readonly join: (date: { readonly y: string; readonly m: string; readonly d: string }) => string;
}

const FORMS: readonly Form[] = [
  {
    pattern: /^(\d{4})-(\d{2})-(\d{2})(?=$|[T ]\d{2}:)/,
    order: ['y', 'm', 'd'],
    join: ({ y, m, d }) => `${y}-${m}-${d}`,
  },
  {
    pattern: /^(\d{4})(\d{2})(\d{2})(?=$|\d{2})/,
    order: ['y', 'm', 'd'],
    join: ({ y, m, d }) => y + m + d,
  },
  {
    pattern: /^(\d{2})\/(\d{2})\/(\d{4})(?=$| )/,
    order: ['d', 'm', 'y'],
    join: ({ y, m, d }) => `${d}/${m}/${y}`,
  },
  {
    pattern: /^(\d{2})\.(\d{2})\.(\d{4})(?=$| )/,
    order: ['d', 'm', 'y'],
    join: ({ y, m, d }) => `${d}.${m}.${y}`,
  },
];

function moveDate(year: number, month: number, day: number, days: number) {
  const before = dayNumber(year, month, day);
  const same = civilDate(before);
  // 31 February counts on to 2 March, so it is no date.
  if (same.year !== year || same.month !== month || same.day !== day) return null;
  const date = civilDate(before + days);
  const padded = (value: number, digits: number) => String(value).padStart(digits, '0');
  return { y: padded(date.year, 4), m: padded(date.month, 2), d: padded(date.day, 2) };
}

/** Days since 1 March of the year 0, Gregorian throughout; years begin in March, so that the leap day comes last. */
function dayNumber(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear;
}

function civilDate(number: number): { readonly year: number; readonly month: number; readonly day: number } {
  let y = Math.floor((10_000 * number + 14_780) / 3_652_425);
  const startOf = (of: number) => 365 * of + Math.floor(of / 4) - Math.floor(of / 100) + Math.floor(of / 400);
  if (number < startOf(y)) y--;
  const dayOfYear = number - startOf(y);
  const m = Math.floor((5 * dayOfYear + 2) / 153);
  return {
    year: m < 10 ? y : y + 1,
    month: m < 10 ? m + 3 : m - 9,
    day: dayOfYear - Math.floor((153 * m + 2) / 5) + 1,
  };
}
