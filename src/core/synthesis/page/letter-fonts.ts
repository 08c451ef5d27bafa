/** A stroke of a glyph in glyph units: a capital is 7 high. */
export type GlyphPath = readonly (readonly [number, number])[];

/** Half length of a serif and how far the nib is broader across than along the line, glyph units. */
const SERIF_UNITS = 0.85;
const NIB_UNITS = 0.55;

/** The glyph as a broad nib writes it: thick uprights, thin cross strokes, feet at the ends of uprights. */
export function serifGlyph(paths: readonly GlyphPath[]): GlyphPath[] {
  const result: GlyphPath[] = [];
  for (const path of paths) {
    result.push(path, shifted(path, NIB_UNITS / 2), shifted(path, NIB_UNITS));
    for (const [end, next] of [
      [path[0]!, path[1]],
      [path.at(-1)!, path.at(-2)],
    ] as const) {
      const upright = next !== undefined && Math.abs(next[0] - end[0]) < 0.6 * Math.abs(next[1] - end[1]);
      if (!upright || path.length > 5) continue;
      result.push([
        [end[0] - SERIF_UNITS, end[1]],
        [end[0] + SERIF_UNITS + NIB_UNITS, end[1]],
      ]);
    }
  }
  return result;
}

/** The glyph as dots on the lattice of a print head with seven pins per capital. */
export function dotGlyph(paths: readonly GlyphPath[]): GlyphPath[] {
  const dots = new Map<string, GlyphPath>();
  for (const path of paths) {
    for (let k = 1; k < path.length; k++) {
      const [ax, ay] = path[k - 1]!;
      const [bx, by] = path[k]!;
      const steps = Math.max(1, Math.ceil(2 * Math.hypot(bx - ax, by - ay)));
      for (let step = 0; step <= steps; step++) {
        const x = Math.round(ax + ((bx - ax) * step) / steps);
        const y = Math.round(ay + ((by - ay) * step) / steps);
        dots.set(`${x},${y}`, [
          [x, y],
          [x, y],
        ]);
      }
    }
  }
  return [...dots.values()];
}

function shifted(path: GlyphPath, dx: number): GlyphPath {
  return path.map(([x, y]) => [x + dx, y] as const);
}
