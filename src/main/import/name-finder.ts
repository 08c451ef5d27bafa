import { posix } from 'node:path';

/** File name without its extension. */
export function stemOf(path: string): string {
  const name = posix.basename(path);
  return name.slice(0, name.length - posix.extname(name).length) || name;
}

/**
 * Looks files up by names that are written elsewhere: by path, then by the end of their path, by name, and by name without
 * ending; null where none fits, or several do. Names are only compared, never opened.
 */
export function nameFinder(paths: readonly string[]): (name: string) => string | null {
  const index = new Map<string, string | null>();
  const put = (key: string, path: string): void => {
    if (index.get(key) !== path) index.set(key, index.has(key) ? null : path);
  };
  for (const path of paths) {
    const low = path.toLowerCase();
    const bare = low.slice(0, low.length - posix.extname(low).length);
    for (const form of [low, bare]) {
      const parts = form.split('/');
      for (let i = 0; i < parts.length; i++) put(parts.slice(i).join('/'), path);
    }
  }
  return (name) => {
    const parts = name
      .replaceAll('\\', '/')
      .toLowerCase()
      .split('/')
      .filter((part) => part !== '' && part !== '.');
    for (let i = 0; i < parts.length; i++) {
      const found = index.get(parts.slice(i).join('/'));
      if (found) return found;
    }
    return index.get(stemOf(parts.at(-1) ?? '')) ?? null;
  };
}
