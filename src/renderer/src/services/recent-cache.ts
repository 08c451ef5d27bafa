/** A map that forgets what was not used for longest once the weights exceed `limit`. */
export interface RecentCache<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V, weight?: number): void;
  delete(key: K): void;
  clear(): void;
  readonly size: number;
}

/**
 * Makes a least-recently-used cache.
 *
 * @param options.limit largest sum of weights (entries weigh 1 unless told otherwise)
 * @param options.onDrop called for every value that leaves, replaced ones too
 */
export function createRecentCache<K, V>(options: {
  readonly limit: number;
  readonly onDrop?: (value: V) => void;
}): RecentCache<K, V> {
  const entries = new Map<K, { value: V; weight: number }>();
  let total = 0;
  const remove = (key: K): void => {
    const entry = entries.get(key);
    if (!entry) return;
    entries.delete(key);
    total -= entry.weight;
    options.onDrop?.(entry.value);
  };
  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value, weight = 1) {
      remove(key);
      entries.set(key, { value, weight });
      total += weight;
      for (const oldest of entries.keys()) {
        if (total <= options.limit || entries.size === 1) break;
        remove(oldest);
      }
    },
    delete: remove,
    clear() {
      for (const key of [...entries.keys()]) remove(key);
    },
    get size() {
      return entries.size;
    },
  };
}
