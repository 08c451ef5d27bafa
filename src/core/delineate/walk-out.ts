/**
 * Place beyond a maximum of the modulus where it has fallen to a share of it, or has a minimum; null off the end.
 * Levels lie half a sample late, which the result makes good.
 */
export function walkOut(slope: Float64Array, start: number, direction: 1 | -1, share: number): number | null {
  const level = share * Math.abs(slope[start]!);
  for (let i = start + direction; i > 0 && i < slope.length - 1; i += direction) {
    const here = Math.abs(slope[i]!);
    const changed = slope[i]! * slope[start]! < 0;
    if (here <= level || changed) {
      const inner = Math.abs(slope[i - direction]!);
      const outer = changed ? -here : here;
      const part = inner - outer > 0 ? (inner - level) / (inner - outer) : 1;
      return i - direction + direction * Math.min(1, Math.max(0, part)) + 0.5;
    }
    if (Math.abs(slope[i + direction]!) > here) return i + 0.5;
  }
  return null;
}
