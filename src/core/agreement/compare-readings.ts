import { maskPrefix, pathKey, type EditDocuments } from '../edit/edit-documents.ts';
import type { MaskTiles } from '../edit/mask-tiles.ts';
import type { Layout, LeadCell } from '../lead/layout.ts';
import { beatAgreement } from './beat-agreement.ts';
import { onCommonClock, type ReadSignal } from './common-clock.ts';
import { differenceStretches, type DifferenceStretch } from './difference-stretches.ts';
import { layoutDifferences } from './layout-differences.ts';
import { maskDifference, SAME_MASK, type MaskDifference } from './mask-difference.ts';
import { powerDb, sharedPower, signalAgreement, type SignalAgreement } from './signal-agreement.ts';

/** A reading of a page, as far as it is compared; a `PageEditor` is one. */
export interface PageReading {
  layout(): Layout;
  signal(cellId: string): ReadSignal | null;
  /** Absent where masks are not compared. */
  mask?(cellId: string): MaskTiles;
  /** What people changed: leads of which both have the same are told to have the same mask without drawing it. */
  readonly documents?: EditDocuments;
}

/** How two readings of one lead differ. */
export interface LeadDifference {
  readonly cellId: string;
  /** As the two have it; null where one does not have the lead. */
  readonly first: LeadCell | null;
  readonly second: LeadCell | null;
  readonly agreement: SignalAgreement;
  /** F1 of the beats that the two show; null where neither shows any. */
  readonly beatF1: number | null;
  /** Null where masks are not compared. */
  readonly mask: MaskDifference | null;
  readonly stretches: readonly DifferenceStretch[];
  /** What the two say otherwise of the lead itself, in words. */
  readonly words: readonly string[];
}

/** How two readings of a page differ. */
export interface PageDifference {
  /** Every lead that either has, in the order of the first reading. */
  readonly leads: readonly LeadDifference[];
  /** Over all leads, decibels. */
  readonly snrDb: number;
}

/**
 * Compares two readings of one page lead by lead, told by the lead's id. The readings lie on the same digitization.
 * About 40 ms a lead that differs, most of it for the masks.
 */
export function compareReadings(first: PageReading, second: PageReading): PageDifference {
  const cells = [first.layout(), second.layout()].map(
    (layout) => new Map(layout.cells.map((cell) => [cell.id, cell])),
  );
  const layouts = [first.layout(), second.layout()] as const;
  let signal = 0;
  let difference = 0;
  const leads = [...new Set(cells.flatMap((map) => [...map.keys()]))].map((cellId): LeadDifference => {
    const [a, b] = cells.map((map) => map.get(cellId) ?? null) as [LeadCell | null, LeadCell | null];
    const one = a && first.signal(cellId);
    const other = b && second.signal(cellId);
    const pair = onCommonClock(one, other);
    const power = sharedPower(pair);
    signal += power.signal;
    difference += power.difference;
    return {
      cellId,
      first: a,
      second: b,
      agreement: signalAgreement(pair),
      beatF1: beatAgreement(one, other),
      mask: maskOf(first, second, cellId, a !== null, b !== null),
      stretches: differenceStretches(pair),
      words: layoutDifferences(layouts, a, b),
    };
  });
  return { leads, snrDb: powerDb({ signal, difference }) };
}

function maskOf(
  first: PageReading,
  second: PageReading,
  cellId: string,
  hasFirst: boolean,
  hasSecond: boolean,
): MaskDifference | null {
  if (!first.mask || !second.mask) return null;
  if (hasFirst && hasSecond && isSameWork(first.documents, second.documents, cellId)) return SAME_MASK;
  return maskDifference(
    hasFirst ? first.mask(cellId) : new Map(),
    hasSecond ? second.mask(cellId) : new Map(),
  );
}

/** Whether a lead's path and mask are the same bytes in both. */
function isSameWork(
  first: EditDocuments | undefined,
  second: EditDocuments | undefined,
  cellId: string,
): boolean {
  if (!first || !second) return false;
  const prefix = maskPrefix(cellId);
  const keys = [...first.keys(), ...second.keys()].filter((key) => key.startsWith(prefix));
  return [pathKey(cellId), ...keys].every((key) => isSame(first.get(key), second.get(key)));
}

function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (!a || !b) return a === b;
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
