import type { MarkedPrint, PrintKind } from '../../core/deidentify/plan-redaction.ts';
import type { Box, Raster } from '../../core/image/raster.ts';
import { listMetadata } from './list-metadata.ts';

/** What was removed from one page; says nothing of what stood there. */
export interface RemovalReport {
  /** Name the page is written under. */
  readonly page: string;
  readonly reviewed: boolean;
  /** Boxes burnt out, by kind, and their share of the picture. */
  readonly burnt: Readonly<Partial<Record<PrintKind, number>>>;
  readonly burntShare: number;
  /** Boxes of other kinds that were left. */
  readonly left: Readonly<Partial<Record<PrintKind, number>>>;
  /** Metadata of the file that did not come along. */
  readonly metadata: readonly string[];
}

/**
 * Sums up what was taken out of a page.
 *
 * @param burnt boxes that were burnt out, as `planRedaction` gave them
 * @param kinds of boxes that were
 */
export async function reportRemoval(
  page: {
    readonly name: string;
    readonly raster: Pick<Raster, 'width' | 'height'>;
    readonly fileBytes: Uint8Array;
    readonly print: MarkedPrint | null;
  },
  burnt: readonly Box[],
  kinds: readonly PrintKind[],
): Promise<RemovalReport> {
  const counts = (isBurnt: boolean): Partial<Record<PrintKind, number>> => {
    const result: Partial<Record<PrintKind, number>> = {};
    for (const { kind } of page.print?.boxes ?? []) {
      if (kinds.includes(kind) === isBurnt) result[kind] = (result[kind] ?? 0) + 1;
    }
    return result;
  };
  const { width, height } = page.raster;
  const area = burnt.reduce((sum, { x0, y0, x1, y1 }) => sum + (x1 - x0) * (y1 - y0), 0);
  return {
    page: page.name,
    reviewed: page.print?.reviewed ?? false,
    burnt: counts(true),
    burntShare: Math.round((10_000 * area) / (width * height)) / 10_000,
    left: counts(false),
    metadata: await listMetadata(page.fileBytes),
  };
}
