import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawnPage } from '../../../tests/fixtures/drawn-page.ts';
import type { Digitization } from '../../core/digitization.ts';
import { digitizePage } from '../../core/digitize-page.ts';
import { regionKey } from '../../core/edit/edit-documents.ts';
import type { Raster } from '../../core/image/raster.ts';
import { packDigitization } from '../../core/page-view/pack-digitization.ts';
import { encodeRegion } from '../../core/region/page-region.ts';
import { decodePage } from '../library/decode-page.ts';
import { encodeDatasetPage, type DatasetPageTask, type EncodedDatasetPage } from './encode-dataset-page.ts';

let root = '';
let path = '';
let raster: Raster;
let page: Digitization;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'tracewright-encode-'));
  path = join(root, 'scan.png');
  const { data, width, height, channels } = drawnPage().raster;
  await sharp(data, { raw: { width, height, channels } })
    .withExif({ IFD0: { Artist: 'Roebuck Janette' } })
    .png()
    .toFile(path);
  raster = await decodePage(path, 0);
  page = await digitizePage(raster);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function encode(reading: Digitization, task: Partial<DatasetPageTask> = {}): Promise<EncodedDatasetPage> {
  return encodeDatasetPage({
    path,
    pageIndex: 0,
    contentHash: createHash('sha256').update(readFileSync(path)).digest('hex'),
    packed: packDigitization(reading),
    documents: [],
    overrides: {},
    versions: {},
    number: 1,
    name: 'a',
    split: 'train',
    formats: [],
    parts: ['images', 'planes'],
    annotator: null,
    processing: null,
    redaction: null,
    model: null,
    ...task,
  });
}

const planesOf = ({ files }: EncodedDatasetPage): unknown => {
  return files.filter(({ path }) => path.startsWith('masks/')).map(({ path, sha256 }) => [path, sha256]);
};
const imageOf = ({ files }: EncodedDatasetPage): Buffer => {
  return Buffer.from(files.find(({ path }) => path === 'images/train/a.png')!.bytes);
};

test('a page that kept its ink has the masks of one that is looked at again', async () => {
  expect(page.inked!.length).toBeGreaterThan(1000);
  const points = [
    [0, 0],
    [2, 0],
    [0, 2],
  ] as const;
  const corner = encodeRegion({ id: 'a', kind: 'exclude', points, cellId: null, gap: 'blank', seen: null });
  const [kept, again] = [await encode(page), await encode(page, { documents: [[regionKey('a'), corner]] })];
  expect(planesOf(kept)).toEqual(planesOf(again));
  expect(kept.files.length).toBe(1 + page.layout!.cells.length);
});

test('a page that was digitized before ink was kept has masks, too', async () => {
  const { inked, ...old } = page;
  expect(inked).toBeDefined();
  const { files, facts } = await encode(old);
  expect(files.length).toBe(1 + page.layout!.cells.length);
  expect(facts.leads.every(({ maskPixels }) => maskPixels! > 100)).toBe(true);
});

test('the picture of a file that is what was digitized is copied, any other one decoded; the pixels are the same', async () => {
  const copied = imageOf(await encode(page));
  const coded = imageOf(await encode(page, { contentHash: 'another' }));
  for (const bytes of [copied, coded]) {
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([raster.width, raster.height]);
    expect(Buffer.compare(data, raster.data)).toBe(0);
    expect(bytes.includes('Roebuck')).toBe(false);
  }
});
