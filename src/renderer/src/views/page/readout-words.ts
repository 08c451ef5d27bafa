import type { PageBundle } from '../../services/page-bundle.ts';
import type { Cursor } from '../../stores/view-store.ts';
import { millivoltsAt } from '../../canvas/strip-layout.ts';
import { tracePointAt } from '../../canvas/trace-geometry.ts';

/** What the cursor stands on, as text; null where it is nothing. */
export interface Readout {
  readonly lead: string;
  readonly seconds: string;
  readonly millivolts: string | null;
  readonly px: string | null;
}

/** Time, voltage and pixel under the linked cursor. */
export function readoutOf(bundle: PageBundle | null, cursor: Cursor | null): Readout | null {
  const cell = cursor && bundle?.detail.cells.find(({ id }) => id === cursor.cellId);
  if (!bundle || !cursor || !cell) return null;
  const signal = bundle.signals.find(({ cellId }) => cellId === cursor.cellId);
  const trace = bundle.traces.find(({ cellId }) => cellId === cursor.cellId);
  const value = signal ? millivoltsAt(signal, cursor.seconds) : null;
  const point = trace ? tracePointAt(trace, cursor.seconds) : null;
  return {
    lead: cell.lead,
    seconds: `${cursor.seconds.toFixed(3)} s`,
    millivolts: value === null ? null : `${value < 0 ? '−' : ''}${Math.abs(value).toFixed(2)} mV`,
    px: point && `${Math.round(point[0])}, ${Math.round(point[1])} px`,
  };
}

/**
 * A stretch in milliseconds and millivolts, with the rate it would be between two beats.
 *
 * @param mm - width and height on the paper, where they are to be told
 */
export function measureWords(
  milliseconds: number,
  millivolts: number,
  mm?: readonly [width: number, height: number],
): string {
  const ms = Math.abs(milliseconds);
  const parts = [`${Math.round(ms)} ms`, `${Math.abs(millivolts).toFixed(2)} mV`];
  if (ms >= 200 && ms <= 3000) parts.push(`${Math.round(60_000 / ms)} /min`);
  if (mm) parts.push(`${mm[0].toFixed(1)} × ${mm[1].toFixed(1)} mm`);
  return parts.join('  ·  ');
}
