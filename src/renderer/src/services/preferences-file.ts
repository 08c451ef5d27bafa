const KEY = 'tracewright';
const YEAR_SECONDS = 31_536_000;

/**
 * Reads what was remembered about the window. Local storage where the origin is stable (Electron); a cookie where
 * the port, and with it the origin, changes at every start (loopback host). Damaged text counts as nothing.
 */
export function readPreferences(): Record<string, unknown> {
  for (const text of [storageText(), cookieText()]) {
    try {
      const value: unknown = text === null ? null : JSON.parse(text);
      if (value !== null && typeof value === 'object') return value as Record<string, unknown>;
    } catch {
      // Damaged text: the next source, or the defaults, take its place.
    }
  }
  return {};
}

/** Remembers `value` in both places; a few hundred bytes. */
export function writePreferences(value: Record<string, unknown>): void {
  const text = JSON.stringify(value);
  try {
    localStorage.setItem(KEY, text);
  } catch {
    // Storage may be full or denied: the cookie still remembers.
  }
  document.cookie = `${KEY}=${encodeURIComponent(text)}; path=/; max-age=${YEAR_SECONDS}; samesite=strict`;
}

function storageText(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function cookieText(): string | null {
  const pair = document.cookie.split('; ').find((part) => part.startsWith(`${KEY}=`));
  try {
    return pair ? decodeURIComponent(pair.slice(KEY.length + 1)) : null;
  } catch {
    return null;
  }
}
