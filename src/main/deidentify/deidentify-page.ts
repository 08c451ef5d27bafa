import { burnBoxes } from '../../core/deidentify/burn-boxes.ts';
import {
  planRedaction,
  type MarkedPrint,
  type PrintKind,
  type RedactionOptions,
} from '../../core/deidentify/plan-redaction.ts';
import type { Raster } from '../../core/image/raster.ts';
import { encodeBare, type BareFormat } from './encode-bare.ts';
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
 * A page as it may leave: boxes burnt out, pixels encoded afresh.
 *
 * @param page.fileBytes the file the pixels came from, to say what it held
 * @throws AppError `conflict` for a page nobody has reviewed, unless allowed
 */
export async function deidentifyPage(
  page: {
    readonly label: string;
    readonly name: string;
    readonly raster: Raster;
    readonly fileBytes: Uint8Array;
    readonly print: MarkedPrint | null;
  },
  options: RedactionOptions & { readonly format: BareFormat },
): Promise<{ readonly bytes: Uint8Array; readonly report: RemovalReport }> {
  const boxes = planRedaction(page.label, page.print, options);
  const picture = burnBoxes(page.raster, boxes);
  const kinds = options.kinds ?? ['identity'];
  const counts = (burnt: boolean) => {
    const result: Partial<Record<PrintKind, number>> = {};
    for (const { kind } of page.print?.boxes ?? []) {
      if (kinds.includes(kind) === burnt) result[kind] = (result[kind] ?? 0) + 1;
    }
    return result;
  };
  const { width, height } = page.raster;
  const area = boxes.reduce((sum, { x0, y0, x1, y1 }) => sum + (x1 - x0) * (y1 - y0), 0);
  return {
    bytes: await encodeBare(picture, options.format),
    report: {
      page: page.name,
      reviewed: page.print?.reviewed ?? false,
      burnt: counts(true),
      burntShare: Math.round((10_000 * area) / (width * height)) / 10_000,
      left: counts(false),
      metadata: await listMetadata(page.fileBytes),
    },
  };
}
