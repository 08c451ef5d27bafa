import fc from 'fast-check';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toCocoPage, writeCoco } from '../../formats/coco/write-coco.ts';
import { readCoco } from '../../formats/coco/read-coco.ts';
import { readSignal } from '../../formats/read-signal.ts';
import { readKaggleTest } from '../../formats/kaggle/kaggle-lists.ts';
import { readSubmission } from '../../formats/kaggle/kaggle-submission.ts';
import { readLabelStudio, writeLabelStudioTask } from '../../formats/label-studio/label-studio-tasks.ts';
import { readNnunetDataset, writeNnunetDataset } from '../../formats/nnunet/nnunet-dataset.ts';
import { readPaperEcg } from '../../formats/paper-ecg/read-paper-ecg.ts';
import { readYoloLabels, writeYoloLabels } from '../../formats/yolo/yolo-segments.ts';
import type { PageMasks } from '../../core/mask/page-masks.ts';
import { planImport } from './plan-import.ts';

const SIZE = { width: 12, height: 9 };
const PAGE: PageMasks = {
  ...SIZE,
  leads: (['I', 'aVF'] as const).map((lead, i) => ({
    cellId: `r${i}c0`,
    lead,
    role: 'lead',
    startSeconds: 0,
    endSeconds: 1,
    mask: { x0: i, y0: 2, width: 3, height: 2, data: Uint8Array.of(1, 0, 1, 1, 1, 0) },
  })),
  outlines: [],
};
const PAPER = JSON.stringify({
  schema: { name: 'paper-ecg-user-annotation', version: 0 },
  image: { name: 'a.png' },
  rotation: 0,
  timeScale: 25,
  voltageScale: 10,
  leads: { I: { cropping: { x: 1, y: 2, width: 20, height: 40 }, start: 0 } },
});
const FILES: Readonly<Record<string, readonly [text: string, read: (text: string) => unknown]>> = {
  'coco.json': [
    writeCoco([toCocoPage(PAGE, 1, 'a.png')], ''),
    (text) => readCoco(text).map(({ masks }) => masks.map(({ mask }) => mask)),
  ],
  'ls.json': [`[${writeLabelStudioTask(PAGE, 1, 'a.png')}]`, readLabelStudio],
  'dataset.json': [writeNnunetDataset(1, '', ''), readNnunetDataset],
  'a.txt': [writeYoloLabels(PAGE), (text) => readYoloLabels(text, SIZE)],
  'paper.json': [PAPER, readPaperEcg],
  'a.csv': ['I,II\n0.1,0.2\n,-1\n', (text) => readSignal(new TextEncoder().encode(text), 'a.csv')],
  'test.csv': ['id,lead,fs,number_of_rows\n1,II,500,5000\n', readKaggleTest],
  'submission.csv': ['id,value\n1_0_II,0.1\n1_1_II,0.2\n', readSubmission],
};

/** A text with some characters changed, and perhaps cut or doubled. */
const damaged = (text: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.array(
        fc.tuple(
          fc.nat(text.length),
          fc.constantFrom('', '0', '9', '-', '"', '{', ']', 'é', '\n', '../', '1e999'),
        ),
        { maxLength: 6 },
      ),
      fc.nat(text.length),
      fc.constantFrom('whole', 'cut', 'doubled'),
    )
    .map(([changes, at, how]) => {
      let result = text;
      for (const [place, put] of changes) result = result.slice(0, place) + put + result.slice(place + 1);
      return how === 'cut' ? result.slice(0, at) : how === 'doubled' ? result + result.slice(at) : result;
    });

test.each(Object.keys(FILES))('%s, damaged in any way, is read or refused in words', (name) => {
  const [text, read] = FILES[name]!;
  fc.assert(
    fc.property(damaged(text), (broken) => {
      try {
        read(broken);
      } catch (error) {
        expect(error).toMatchObject({ name: 'AppError' });
      }
    }),
    { numRuns: 400 },
  );
});

let root = '';
beforeAll(() => (root = realpathSync(mkdtempSync(join(tmpdir(), 'tracewright-fuzz-')))));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('a folder of damaged files is looked through to the end', async () => {
  const texts = fc.record(
    Object.fromEntries(Object.entries(FILES).map(([name, [text]]) => [name, damaged(text)])),
  );
  let n = 0;
  await fc.assert(
    fc.asyncProperty(texts, async (files) => {
      const folder = join(root, String(n++));
      mkdirSync(join(folder, 'labelsTr'), { recursive: true });
      writeFileSync(join(folder, 'a.png'), '');
      writeFileSync(join(folder, 'labelsTr', 'a.png'), 'no PNG');
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
      const plan = await planImport(folder);
      expect(plan.scans).toEqual(['a.png']);
      for (const { load } of [...plan.masks.values()].flat()) {
        await load().catch((error: unknown) => expect(error).toMatchObject({ name: 'AppError' }));
      }
    }),
    { numRuns: 60 },
  );
});
