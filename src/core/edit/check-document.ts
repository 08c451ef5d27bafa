import { textBoxes } from '../../shared/api/text-boxes.ts';
import { AppError } from '../../shared/app-error.ts';
import { decodeJson, LAYOUT_KEY, TEXT_KEY } from './edit-documents.ts';
import { decodePath, samplesOf } from './edited-path.ts';
import { layoutDocument } from './layout-document.ts';
import { TILE_BYTES } from './mask-tiles.ts';
import { PROVENANCE } from './provenance.ts';

/** Largest document of a page; a lead of ten seconds takes 40 kB. */
export const MAX_DOCUMENT_BYTES = 8 * 1024 * 1024;

const MOST_COLUMNS = 100_000;
const MOST_SAMPLES_PER_PX = 16;
const MOST_PINS = 10_000;
const FARTHEST_PX = 100_000;

/**
 * Makes sure that a document from outside is what its key says, so that everything made from the page's documents can
 * rely on them. About 0.1 ms.
 *
 * @throws AppError `usage` for a key that is nobody's to write or for other bytes, `too-large`
 */
export function checkDocument(key: string, bytes: Uint8Array): void {
  if (bytes.length > MAX_DOCUMENT_BYTES) {
    const message = `"${key}" would have ${bytes.length} bytes; ${MAX_DOCUMENT_BYTES} is the most.`;
    throw new AppError('too-large', message);
  }
  const [kind, cellId = ''] = key.split('/');
  try {
    if (kind === 'path') checkPath(cellId, bytes);
    else if (kind === 'pins') checkPins(bytes);
    else if (kind === 'mask') expectSame('length', bytes.length, TILE_BYTES);
    else if (key === LAYOUT_KEY) layoutDocument.parse(decodeJson(bytes));
    else if (key === TEXT_KEY) textBoxes.parse(decodeJson(bytes));
    else throw new RangeError('nobody may write it');
  } catch (cause) {
    throw new AppError('usage', `"${key}" cannot be kept: it is not what it should be.`, { cause });
  }
}

function checkPath(cell: string, bytes: Uint8Array): void {
  const { cellId, x0, samplesPerPx, strokeWidthPx, fineY, confidence, provenance } = decodePath(bytes);
  expectSame('cell', cellId, cell);
  expect(Number.isInteger(x0) && Math.abs(x0) <= FARTHEST_PX, 'x0');
  expect(
    Number.isInteger(samplesPerPx) && samplesPerPx >= 1 && samplesPerPx <= MOST_SAMPLES_PER_PX,
    'samplesPerPx',
  );
  expect(Number.isFinite(strokeWidthPx) && strokeWidthPx >= 0, 'strokeWidthPx');
  expect(fineY instanceof Float32Array && confidence instanceof Float32Array, 'floats');
  expect(provenance instanceof Uint8Array && provenance.length <= MOST_COLUMNS, 'provenance');
  expectSame('columns of confidence', confidence.length, provenance.length);
  expectSame('samples', fineY.length, samplesOf(provenance.length, samplesPerPx));
  expect(
    fineY.every((row) => Number.isNaN(row) || Math.abs(row) <= FARTHEST_PX),
    'rows',
  );
  expect(
    confidence.every((value) => value >= 0 && value <= 1),
    'confidence',
  );
  expect(
    provenance.every((value) => value <= PROVENANCE.blank),
    'provenance',
  );
}

function checkPins(bytes: Uint8Array): void {
  const pins: unknown = decodeJson(bytes);
  expect(Array.isArray(pins) && pins.length <= MOST_PINS, 'pins');
  for (const pin of pins as unknown[]) {
    expect(Array.isArray(pin) && pin.length === 2, 'pin');
    for (const value of pin as unknown[]) {
      expect(typeof value === 'number' && Math.abs(value) <= FARTHEST_PX, 'place of a pin');
    }
  }
}

function expect(holds: boolean, what: string): asserts holds {
  if (!holds) throw new RangeError(`${what} is out of range`);
}

function expectSame<T extends string | number>(what: string, found: T, wanted: T): void {
  if (found !== wanted) throw new RangeError(`${what}: ${found} instead of ${wanted}`);
}
