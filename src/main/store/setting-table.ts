import type { StoreContext } from './store-context.ts';

/** Settings of a project: JSON values by key. */
export interface SettingTable {
  /** The stored value, unchecked: parse it before use; null when there is none. */
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}

export function createSettingTable({ db, mutate }: StoreContext): SettingTable {
  const read = db.prepare<[string], { value: string }>('SELECT value FROM settings WHERE key = ?');
  const write = db.prepare(
    'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  return {
    get(key) {
      const row = read.get(key);
      return row ? (JSON.parse(row.value) as unknown) : null;
    },
    set: (key, value) => mutate('set setting', () => void write.run(key, JSON.stringify(value))),
  };
}
