/** One bar of a chart and the pages behind it. */
export interface Bar {
  readonly label: string;
  readonly ids: readonly number[];
}

/** A value of a page; null where it has none. */
export interface PageValue<T> {
  readonly id: number;
  readonly value: T | null;
}

/** Most bars of a chart of names; the rest goes into one. */
const MOST_NAMES = 12;

/** Pages by name, the most frequent first; what has no name comes last, under `none`. */
export function nameBars(values: readonly PageValue<string>[], none: string): Bar[] {
  const groups = new Map<string, number[]>();
  const without: number[] = [];
  for (const { id, value } of values) {
    if (value === null) without.push(id);
    else groups.set(value, [...(groups.get(value) ?? []), id]);
  }
  const bars = [...groups]
    .map(([label, ids]): Bar => ({ label, ids }))
    .sort((a, b) => b.ids.length - a.ids.length || (a.label < b.label ? -1 : 1));
  const shown = bars.length > MOST_NAMES ? bars.slice(0, MOST_NAMES - 1) : bars;
  const rest = bars.slice(shown.length).flatMap(({ ids }) => ids);
  return [
    ...shown,
    ...(rest.length > 0 ? [{ label: `${bars.length - shown.length} others`, ids: rest }] : []),
    ...(without.length > 0 ? [{ label: none, ids: without }] : []),
  ];
}

/**
 * Pages by a number, in even bins of a round width (1, 2, 2.5 or 5 times a power of ten) between the smallest and the
 * largest. Pages without the number are in no bin.
 *
 * @param bins wanted, about
 */
export function numberBars(values: readonly PageValue<number>[], bins: number): Bar[] {
  const known = values.filter((entry): entry is { id: number; value: number } =>
    Number.isFinite(entry.value),
  );
  if (known.length === 0) return [];
  let low = Infinity;
  let high = -Infinity;
  for (const { value } of known) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const width = roundWidth((high - low) / bins || Math.abs(high) / 10 || 1);
  const first = Math.floor(low / width + 1e-9);
  const count = Math.max(1, Math.floor(high / width + 1e-9) - first + 1);
  const groups = Array.from({ length: count }, (): number[] => []);
  for (const { id, value } of known) {
    groups[Math.min(count - 1, Math.max(0, Math.floor(value / width + 1e-9) - first))]!.push(id);
  }
  const decimals = Math.max(0, Math.ceil(-Math.log10(width) + (/^[25]*5/.test(String(width)) ? 0 : -1e-9)));
  const text = (k: number) => trimmed(((first + k) * width).toFixed(decimals + 1));
  return groups.map((ids, k) => ({ label: `${text(k)} to ${text(k + 1)}`, ids }));
}

function roundWidth(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10) * power;
}

function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '').replace(/^-0$/, '0') : text;
}
