import { decodeChunks, encodeChunks } from '../../shared/api/chunk-bytes.ts';
import type { TracePath } from '../trace/trace-path.ts';
import { isHuman, PROVENANCE } from './provenance.ts';

/** A traced lead as it stands after corrections; geometry as in `TracePath`. */
export interface EditedPath {
  readonly cellId: string;
  readonly x0: number;
  readonly samplesPerPx: number;
  readonly strokeWidthPx: number;
  /** `samplesPerPx` rows per column from `x0`; NaN where nothing is printed. */
  readonly fineY: Float32Array;
  /** Trust per column, 0..1; 1 where a person drew. */
  readonly confidence: Float32Array;
  /** Who drew it, per column; see `PROVENANCE`. */
  readonly provenance: Uint8Array;
}

/** The path of a lead that nobody has corrected yet. */
export function fromTracePath(path: TracePath): EditedPath {
  const { cellId, x0, samplesPerPx, strokeWidthPx, fineY, confidence, bridged } = path;
  const provenance = Uint8Array.from(bridged, (value) =>
    value === 1 ? PROVENANCE.machineBridged : PROVENANCE.machine,
  );
  return { cellId, x0, samplesPerPx, strokeWidthPx, fineY, confidence, provenance };
}

/** The path as the rest of the program knows it. */
export function toTracePath(path: EditedPath): TracePath {
  const { cellId, x0, samplesPerPx, strokeWidthPx, fineY, confidence, provenance } = path;
  const y = new Float32Array(provenance.length);
  for (let column = 0; column < y.length; column++) y[column] = fineY[column * samplesPerPx]!;
  const bridged = provenance.map((value) =>
    value === PROVENANCE.machineBridged || value === PROVENANCE.humanBridged ? 1 : 0,
  );
  const human = provenance.map((value) => (isHuman(value) ? 1 : 0));
  return { cellId, x0, y, confidence, bridged, human, strokeWidthPx, fineY, samplesPerPx };
}

/** Number of samples of a path with so many columns. */
export function samplesOf(columns: number, samplesPerPx: number): number {
  return Math.max(0, (columns - 1) * samplesPerPx + 1);
}

/** The path as a document. */
export function encodePath(path: EditedPath): Uint8Array<ArrayBuffer> {
  const { cellId, x0, samplesPerPx, strokeWidthPx, fineY, confidence, provenance } = path;
  return encodeChunks({ cellId, x0, samplesPerPx, strokeWidthPx }, [fineY, confidence, provenance]);
}

/** Reads what `encodePath` wrote. @throws RangeError, SyntaxError when the bytes are damaged */
export function decodePath(bytes: Uint8Array): EditedPath {
  const { meta, arrays } = decodeChunks(bytes);
  const [fineY, confidence, provenance] = arrays as [Float32Array, Float32Array, Uint8Array];
  return {
    ...(meta as Pick<EditedPath, 'cellId' | 'x0' | 'samplesPerPx' | 'strokeWidthPx'>),
    fineY,
    confidence,
    provenance,
  };
}
