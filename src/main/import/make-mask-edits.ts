import { basename } from 'node:path';
import { createPageEditor } from '../../core/edit/page-editor.ts';
import { decodeEvidence, encodeEvidence } from '../../core/edit/page-evidence.ts';
import { matchMasks, type StretchMask } from '../../core/edit/match-masks.ts';
import { replaceMask } from '../../core/edit/replace-mask.ts';
import { unpackDigitization } from '../../core/page-view/pack-digitization.ts';
import { AppError } from '../../shared/app-error.ts';
import { changeBetween, type ByteChange } from '../../shared/edit/byte-change.ts';
import { decodePage } from '../library/decode-page.ts';

/** Masks to be laid over a digitized page; plain data. */
export interface MaskEditsTask {
  readonly path: string;
  readonly pageIndex: number;
  readonly packed: Uint8Array<ArrayBuffer>;
  readonly documents: readonly (readonly [key: string, bytes: Uint8Array])[];
  /** Size of the picture the masks were made on. */
  readonly width: number;
  readonly height: number;
  readonly masks: readonly StretchMask[];
}

/** What they change, and what could not be laid anywhere. */
export interface MaskEdits {
  readonly changes: readonly ByteChange[];
  /** Leads that have a mask of their own now. */
  readonly leads: number;
  readonly unmatched: readonly string[];
}

/**
 * Lays masks over a digitized page as corrections: they become the masks of their leads, and the lines follow them.
 *
 * @throws AppError `usage` when the masks are of another picture, or nothing was digitized; as `decodePage` does
 */
export async function makeMaskEdits(task: MaskEditsTask): Promise<MaskEdits> {
  const base = unpackDigitization(task.packed);
  const name = basename(task.path);
  if (!base.layout || !base.rectification) {
    throw new AppError('usage', `Nothing was read on "${name}" that masks could belong to.`);
  }
  if (task.width !== base.imageWidth || task.height !== base.imageHeight) {
    throw new AppError(
      'usage',
      `The masks are ${task.width} x ${task.height} pixels, "${name}" ${base.imageWidth} x ${base.imageHeight}.`,
    );
  }
  const before = new Map(task.documents);
  const raster = await decodePage(task.path, task.pageIndex);
  const editor = createPageEditor(base, before, decodeEvidence(encodeEvidence(raster, base)));
  const { byCell, unmatched } = matchMasks(editor.layout().cells, base.rectification.warp, task.masks);
  for (const [cellId, mask] of byCell) replaceMask(editor, cellId, mask);
  const keys = new Set([...before.keys(), ...editor.documents.keys()]);
  return {
    changes: [...keys].flatMap((key) => {
      return changeBetween(key, before.get(key) ?? null, editor.documents.get(key) ?? null) ?? [];
    }),
    leads: byCell.size,
    unmatched: unmatched.map(({ lead, role }) => `${lead ?? ''} ${role}`.trim()),
  };
}
