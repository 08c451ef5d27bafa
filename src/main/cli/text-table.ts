/** Lays rows out in columns two spaces apart; columns after the first whose cells all look numeric align right. */
export function textTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, c) =>
    rows.reduce((most, row) => Math.max(most, width(row[c] ?? '')), width(title)),
  );
  const numeric = header.map(
    (_, c) => c > 0 && rows.length > 0 && rows.every((row) => /^[-+]?[\d.,/%]*$/.test(row[c] ?? '')),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, c) => {
        const padding = ' '.repeat(widths[c]! - width(cell));
        return numeric[c] ? padding + cell : cell + padding;
      })
      .join('  ')
      .trimEnd();
  return [header, ...rows].map(line).join('\n');
}

/** Cells on a terminal: code points, wide (CJK, emoji) ones as two. */
function width(text: string): number {
  let cells = 0;
  for (const char of text) {
    cells +=
      /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60]|[\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u.test(
        char,
      )
        ? 2
        : /\p{M}/u.test(char)
          ? 0
          : 1;
  }
  return cells;
}
