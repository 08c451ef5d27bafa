import { SPLIT_NAMES } from '../../core/dataset/split-by-patient.ts';
import { PROVENANCE_WORDS } from '../../core/edit/provenance-runs.ts';
import type { DatasetManifest, DatasetPage } from './dataset-manifest.ts';

/** What lies in which folder, by part and format. */
const FOLDERS: Readonly<Record<string, string>> = {
  images: '`images/<part>/NAME.png`: the pages as they were digitized, upright after EXIF, without metadata',
  csv: '`signals/<part>/NAME.csv`: signals in millivolts, a column per lead, empty where nothing is printed',
  wfdb: '`signals/<part>/NAME.hea`, `.dat`: the same for WFDB tools',
  json: '`signals/<part>/NAME.json`: page report: layout, calibration, confidence, reasons',
  planes: '`masks/<part>/NAME/CELL-LEAD.png`: one bit per pixel and stretch; crossing traces share pixels',
  'label-maps':
    '`label-maps/<part>/NAME.png`: 0 ground, 1 to 12 the leads I to V6, 13 rhythm strips; where traces cross the lower number stands there and the next one in `NAME.overlap1.png`, and so on',
  coco: '`coco/<part>.json`: COCO instances with compressed run lengths; paper, text and pulses as polygons',
  yolo: '`labels/<part>/NAME.txt` and `data.yaml`: YOLO segmentation, classes 0 to 11 the leads, 12 rhythm strips',
  nnunet: '`nnunet/`: raw datasets of nnU-Net v2, one per layer of the label maps',
  'label-studio': '`label-studio/tasks.json`, `config.xml`: tasks with brushes, and the interface for them',
  provenance: '`provenance/<part>/NAME.csv`: who drew which columns of which lead',
};

/** The data set's card, `README.md`: what it is, how it was made, what it may be used for. Markdown. */
export function writeDatasetCard(manifest: DatasetManifest): string {
  const { name, description, licence, pages, models, leftOut, seed, shares, patients, stratify } = manifest;
  const rows = SPLIT_NAMES.map((split) => {
    const mine = pages.filter((page) => page.split === split);
    const people = new Set(mine.map(({ patient }) => patient)).size;
    const seconds = mine.flatMap(({ leads }) => leads).reduce((s, l) => s + l.endSeconds - l.startSeconds, 0);
    return `| ${split} | ${mine.length} | ${people} | ${seconds.toFixed(0)} |`;
  });
  const columns = countColumns(pages);
  const total = Object.values(columns).reduce((sum, n) => sum + n, 0);
  return [
    `# ${name}`,
    '',
    ...(description ? [description, ''] : []),
    `Paper ECGs paired with their signals and masks, written by ${manifest.generator}. \`manifest.json\` lists every file with its SHA-256, every page with its patient, layout, scale, versions and who drew its traces.`,
    '',
    '## Licence',
    '',
    licence || 'None was stated: ask whoever gave you this data before you use it.',
    '',
    '## Parts',
    '',
    '| part | pages | patients | lead-seconds |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    `Patients are told by ${patients}; no patient is in two parts. Shares ${shares.train} : ${shares.val} : ${shares.test}, seed ${seed}, ${stratify === 'none' ? 'not stratified' : `stratified by ${stratify}`}.`,
    '',
    ...counted(
      'Layouts',
      pages.map(({ layout }) => layout ?? 'unknown'),
    ),
    ...counted(
      'Reviews',
      pages.map(({ review }) => review),
    ),
    '## Who drew the traces',
    '',
    '| source | columns | share |',
    '| --- | --- | --- |',
    ...PROVENANCE_WORDS.map((word) => {
      const n = columns[word] ?? 0;
      return `| ${word} | ${n} | ${total > 0 ? ((100 * n) / total).toFixed(2) : '0.00'} % |`;
    }),
    '',
    '`model`: the program, on ink; `bridged`: the program, across a gap; `human`, `human-bridged`: a person; `blank`: a person found nothing printed.',
    '',
    '## Models',
    '',
    ...(models.length === 0
      ? ['No model looked at the pages.']
      : models.map((model) => `- ${model.name}${model.sha256 ? ` (SHA-256 \`${model.sha256}\`)` : ''}`)),
    '',
    '## Files',
    '',
    ...manifest.formats.map((format) => `- ${FOLDERS[format] ?? `\`signals/<part>/NAME.*\`: ${format}`}`),
    '',
    'Signals: 0 s is the left edge of the first printed column. Masks and images have the same pixels.',
    '',
    '## Left out',
    '',
    ...(leftOut.length === 0
      ? ['Nothing.']
      : leftOut.map(({ path, page, reason }) => `- ${path}${page > 1 ? `, page ${page}` : ''}: ${reason}`)),
    '',
    '## Caution',
    '',
    caution(manifest),
    '',
  ].join('\n');
}

function caution({ deidentified, pages }: DatasetManifest): string {
  if (!deidentified) {
    return 'What is printed on the pages is in the images as well: names, dates and numbers were not taken out by this export.';
  }
  const { unreviewedPages, burntBoxes } = deidentified;
  const reviewed =
    unreviewedPages === 0
      ? 'All print was reviewed by a person.'
      : `The print of ${unreviewedPages} of ${pages.length} pages was marked by the program and reviewed by nobody: something may have been missed.`;
  return `${burntBoxes} boxes of print that may tell who a patient is were burnt out of the images; names of files and patients are replaced by keyed hashes, dates are shifted by the same days for all pages of a patient, and no metadata came along. ${reviewed} \`removal-report.json\` says what was removed from which page.`;
}

function counted(title: string, values: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const sorted = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return [`${title}: ${sorted.map(([value, n]) => `${value} (${n})`).join(', ') || 'none'}.`, ''];
}

function countColumns(pages: readonly DatasetPage[]): Record<string, number> {
  const columns: Record<string, number> = {};
  for (const { leads } of pages) {
    for (const lead of leads) {
      for (const [source, n] of Object.entries(lead.columns)) columns[source] = (columns[source] ?? 0) + n;
    }
  }
  return columns;
}
