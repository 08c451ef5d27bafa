import { z } from 'zod';
import { AppError } from '../../shared/app-error.ts';
import { decodeRegion, REGION_GAPS, REGION_KINDS } from '../region/page-region.ts';
import { decodeJson, LAYOUT_KEY } from './edit-documents.ts';
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
const MOST_POINTS = 5000;

const place = z.number().min(-FARTHEST_PX).max(FARTHEST_PX);
const edge = z.number().int().min(0).max(FARTHEST_PX);
const regionFacts = z.object({
  id: z.string(),
  kind: z.enum(REGION_KINDS),
  points: z
    .array(z.tuple([place, place]))
    .min(3)
    .max(MOST_POINTS),
  cellId: z
    .string()
    .regex(/^[\w-]{1,24}$/)
    .nullable(),
  gap: z.enum(REGION_GAPS),
  seen: z
    .object({
      box: z
        .object({ x0: edge, y0: edge, x1: edge, y1: edge })
        .refine(({ x0, y0, x1, y1 }) => x1 > x0 && y1 > y0, 'it is not empty'),
      trace: z.custom<Uint8Array>(),
    })
    .nullable(),
});

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
    else if (kind === 'region') checkRegion(cellId, bytes);
    else if (kind === 'mask') expectSame('length', bytes.length, TILE_BYTES);
    else if (key === LAYOUT_KEY) layoutDocument.parse(decodeJson(bytes));
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

function checkRegion(id: string, bytes: Uint8Array): void {
  const region = regionFacts.parse(decodeRegion(bytes));
  expectSame('region', region.id, id);
  expect((region.seen !== null) === (region.kind === 'model'), 'what a model saw');
  if (!region.seen) return;
  const { box, trace } = region.seen;
  expect(trace instanceof Uint8Array, 'shares');
  expectSame('shares', trace.length, (box.x1 - box.x0) * (box.y1 - box.y0));
}

function expect(holds: boolean, what: string): asserts holds {
  if (!holds) throw new RangeError(`${what} is out of range`);
}

function expectSame<T extends string | number>(what: string, found: T, wanted: T): void {
  if (found !== wanted) throw new RangeError(`${what}: ${found} instead of ${wanted}`);
}
