import { copyFile, link, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SPLIT_NAMES } from '../../core/dataset/split-by-patient.ts';
import { cocoFrame } from '../../formats/coco/write-coco.ts';
import type { DatasetFile, DatasetPage } from '../../formats/dataset/dataset-manifest.ts';
import { LABEL_STUDIO_CONFIG } from '../../formats/label-studio/label-studio-tasks.ts';
import { nnunetFolder, writeNnunetDataset } from '../../formats/nnunet/nnunet-dataset.ts';
import { writeGrayLabelPng } from '../../formats/png-mask/write-mask-png.ts';
import { writeYoloConfig } from '../../formats/yolo/yolo-segments.ts';
import type { DatasetOptions } from '../../shared/api/dataset-record.ts';
import type { RemovalReport } from '../deidentify/report-removal.ts';
import { writeRemovalReport } from '../deidentify/write-removal-report.ts';
import { toStorageError, writeTogether } from '../export/write-together.ts';
import type { DatasetJournal } from './dataset-journal.ts';
import { nnunetLabelPath } from './encode-masks.ts';
import { hashFile, openHashedFile } from './hashed-file.ts';

/** Id of the first nnU-Net dataset; ids below 500 are taken by public ones. */
const FIRST_NNUNET_ID = 700;

/** The files that hold all pages, made from the pieces of written pages one page at a time. */
export async function assembleDataset(
  root: string,
  pages: readonly DatasetPage[],
  options: DatasetOptions,
  journal: DatasetJournal,
): Promise<{
  readonly files: DatasetFile[];
  readonly pages: DatasetPage[];
  /** What was removed from which page, where identities were taken out. */
  readonly removals: readonly RemovalReport[];
}> {
  const files: DatasetFile[] = [];
  const { parts } = options;
  if (parts.includes('coco')) files.push(...(await assembleCoco(root, pages, options, journal)));
  if (parts.includes('label-studio')) {
    const tasks = await openHashedFile(root, 'label-studio/tasks.json');
    await writeList(tasks.write, pages, async ({ name }) => (await journal.fragments(name)).labelStudioTask);
    files.push(await tasks.close(), await whole(root, 'label-studio/config.xml', LABEL_STUDIO_CONFIG));
  }
  if (parts.includes('yolo')) {
    const has = (split: string): boolean => pages.some((page) => page.split === split);
    const config = writeYoloConfig({ train: has('train'), val: has('val'), test: has('test') });
    files.push(await whole(root, 'data.yaml', config));
  }
  const removals: RemovalReport[] = [];
  if (options.deidentify) {
    for (const { name } of pages) removals.push((await journal.fragments(name)).removal!);
    files.push(await whole(root, 'removal-report.json', writeRemovalReport(removals, 0)));
  }
  if (!parts.includes('nnunet')) return { files, pages: [...pages], removals };
  const nnunet = await assembleNnunet(root, pages, options, journal);
  return { files: [...files, ...nnunet.files], pages: nnunet.pages, removals };
}

async function assembleCoco(
  root: string,
  pages: readonly DatasetPage[],
  { name }: DatasetOptions,
  journal: DatasetJournal,
): Promise<DatasetFile[]> {
  const files: DatasetFile[] = [];
  const frame = cocoFrame(name);
  for (const split of SPLIT_NAMES) {
    const mine = pages.filter((page) => page.split === split);
    if (mine.length === 0) continue;
    const file = await openHashedFile(root, `coco/${split}.json`);
    await file.write(frame.head);
    await writeItems(file.write, mine, async (page) => (await journal.fragments(page.name)).cocoImage);
    await file.write(frame.middle);
    await writeItems(file.write, mine, async (page) =>
      (await journal.fragments(page.name)).cocoAnnotations?.replaceAll('\n', ',\n'),
    );
    await file.write(frame.tail);
    files.push(await file.close());
  }
  return files;
}

/** One raw dataset per layer; pictures are links to those of the data set. */
async function assembleNnunet(
  root: string,
  pages: readonly DatasetPage[],
  { name, description, licence }: DatasetOptions,
  journal: DatasetJournal,
): Promise<{ files: DatasetFile[]; pages: DatasetPage[] }> {
  const layersOf = new Map<string, number>();
  for (const page of pages) layersOf.set(page.name, (await journal.fragments(page.name)).nnunetLayers ?? 1);
  const layers = Math.max(1, ...layersOf.values());
  const files: DatasetFile[] = [];
  const added = new Map<string, DatasetFile[]>(pages.map((page) => [page.name, []]));
  for (let layer = 0; layer < layers; layer++) {
    const folder = `nnunet/${nnunetFolder(FIRST_NNUNET_ID, layer, name)}`;
    for (const page of pages) {
      const suffix = page.split === 'test' ? 'Ts' : 'Tr';
      const image = `images/${page.split}/${page.name}.png`;
      const mine = added.get(page.name)!;
      const picture = page.files.find(({ path }) => path === image)!;
      mine.push(await linked(root, picture, `${folder}/images${suffix}/${page.name}_0000.png`));
      const labels = `${folder}/labels${suffix}/${page.name}.png`;
      const from = nnunetLabelPath(page.split, page.name, layer);
      const written = page.files.find(({ path }) => path === from);
      mine.push(written ? await linked(root, written, labels) : await blank(root, page, labels));
    }
    const training = pages.filter(({ split }) => split !== 'test').length;
    files.push(
      await whole(root, `${folder}/dataset.json`, writeNnunetDataset(training, description || name, licence)),
    );
    const cases = (split: string): string[] =>
      pages.filter((page) => page.split === split).map((page) => page.name);
    const splits = JSON.stringify([{ train: cases('train'), val: cases('val') }], null, 1) + '\n';
    files.push(await whole(root, `${folder}/splits_final.json`, splits));
  }
  const isStaged = ({ path }: DatasetFile): boolean => path.startsWith('nnunet/layer');
  return {
    files,
    pages: pages.map((page) => {
      return { ...page, files: [...page.files.filter((file) => !isStaged(file)), ...added.get(page.name)!] };
    }),
  };
}

/** The same file under another name, without taking up room twice where the disk can do that. */
async function linked(root: string, file: DatasetFile, path: string): Promise<DatasetFile> {
  const target = join(root, path);
  try {
    await mkdir(dirname(target), { recursive: true });
    await rm(target, { force: true });
    await link(join(root, file.path), target).catch(() => copyFile(join(root, file.path), target));
  } catch (thrown) {
    throw toStorageError(thrown, target);
  }
  return { ...file, path };
}

async function blank(root: string, { width, height }: DatasetPage, path: string): Promise<DatasetFile> {
  const bytes = writeGrayLabelPng(new Uint8Array(width * height), { width, height });
  await writeTogether([{ path: join(root, path), bytes }]);
  return { path, ...(await hashFile(join(root, path)))! };
}

async function whole(root: string, path: string, text: string): Promise<DatasetFile> {
  const file = await openHashedFile(root, path);
  await file.write(text);
  return file.close();
}

type Write = (text: string) => Promise<void>;

async function writeItems(
  write: Write,
  pages: readonly DatasetPage[],
  item: (page: DatasetPage) => Promise<string | undefined>,
): Promise<void> {
  let isFirst = true;
  for (const page of pages) {
    const text = await item(page);
    if (!text) continue;
    await write(isFirst ? text : `,\n${text}`);
    isFirst = false;
  }
}

async function writeList(
  write: Write,
  pages: readonly DatasetPage[],
  item: (page: DatasetPage) => Promise<string | undefined>,
): Promise<void> {
  await write('[\n');
  await writeItems(write, pages, item);
  await write('\n]\n');
}
