/** Which rows of the queue are picked; `anchor` is where a Shift-range starts. */
export interface Selection {
  readonly ids: ReadonlySet<number>;
  readonly anchor: number | null;
}

export const NO_SELECTION: Selection = { ids: new Set(), anchor: null };

/** How a row was picked: plain click, Ctrl (toggle one) or Shift (range from the anchor). */
export type SelectMode = 'single' | 'toggle' | 'range';

/**
 * Picks `id` out of the rows `order`.
 *
 * @example
 * select({ ids: new Set([1]), anchor: 1 }, [1, 2, 3], 3, 'range').ids // {1, 2, 3}
 */
export function select(
  selection: Selection,
  order: readonly number[],
  id: number,
  mode: SelectMode,
): Selection {
  if (mode === 'toggle') {
    const ids = new Set(selection.ids);
    if (!ids.delete(id)) ids.add(id);
    return { ids, anchor: id };
  }
  const from = selection.anchor === null ? -1 : order.indexOf(selection.anchor);
  const to = order.indexOf(id);
  if (mode === 'range' && from >= 0 && to >= 0) {
    return {
      ids: new Set(order.slice(Math.min(from, to), Math.max(from, to) + 1)),
      anchor: selection.anchor,
    };
  }
  return { ids: new Set([id]), anchor: id };
}

/** Drops what is no longer in the list. */
export function keepListed(selection: Selection, order: readonly number[]): Selection {
  const listed = new Set(order);
  const ids = new Set([...selection.ids].filter((id) => listed.has(id)));
  const anchor = selection.anchor !== null && listed.has(selection.anchor) ? selection.anchor : null;
  return { ids, anchor };
}
