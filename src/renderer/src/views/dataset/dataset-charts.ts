import { nameBars, numberBars, type Bar } from '../../../../core/explore/distributions.ts';
import type { DatasetPage } from '../../../../shared/api/dataset-look.ts';
import { reviewState } from '../../../../shared/api/edit-record.ts';
import { pageStatus } from '../../../../shared/api/page-record.ts';
import { STATUS_WORDS } from '../../components/page-status.ts';
import { REVIEW_WORDS } from '../../components/review-words.ts';
import { folderName } from '../queue/folder-name.ts';

/** A chart of the dataset: names as lying bars, numbers as a histogram. */
export interface DatasetChart {
  readonly id: string;
  readonly title: string;
  readonly kind: 'names' | 'numbers';
  readonly bars: readonly Bar[];
}

/** Charts that belong together. */
export interface ChartGroup {
  readonly title: string;
  readonly charts: readonly DatasetChart[];
}

const BINS = 14;

/** Numbers of a page that can be related to each other, with what they are called. */
export const NUMBERS = {
  widthPx: 'Width, px',
  heightPx: 'Height, px',
  fileKilobytes: 'File, kB',
  dpi: 'Stated dpi',
  brightness: 'Brightness',
  contrast: 'Contrast',
  sharpness: 'Sharpness',
  pxPerMm: 'Pixels per mm',
  skewDegrees: 'Skew, degrees',
  confidence: 'Confidence',
  leadsFound: 'Leads found',
  findings: 'Findings',
  heartRate: 'Heart rate, per minute',
  amplitudeMillivolts: 'Amplitude, mV',
  tracedShare: 'Share traced',
} as const satisfies Partial<Record<keyof DatasetPage, string>>;
export type NumberName = keyof typeof NUMBERS;

/** All charts of these pages; those that have nothing to show are left out. */
export function datasetCharts(pages: readonly DatasetPage[]): ChartGroup[] {
  const names = (id: string, title: string, of: (page: DatasetPage) => string | null, none: string) =>
    ({
      id,
      title,
      kind: 'names',
      bars: nameBars(
        pages.map((page) => ({ id: page.id, value: of(page) })),
        none,
      ),
    }) satisfies DatasetChart;
  const numbers = (id: NumberName) =>
    ({
      id,
      title: NUMBERS[id],
      kind: 'numbers',
      bars: numberBars(
        pages.map((page) => ({ id: page.id, value: page[id] })),
        BINS,
      ),
    }) satisfies DatasetChart;
  const groups: ChartGroup[] = [
    {
      title: 'Work',
      charts: [
        names('status', 'Status', ({ status }) => statusWord(status), ''),
        names('review', 'Review', ({ review }) => reviewWord(review), ''),
        names('folder', 'Folder', ({ folder }) => folderName(folder), ''),
        names('paired', 'Known signals', ({ paired }) => (paired ? 'Beside the scan' : null), 'Missing'),
      ],
    },
    {
      title: 'Files',
      charts: [
        names('format', 'Format', ({ format }) => format?.toUpperCase() ?? null, 'Not looked at'),
        names('colour', 'Colour', ({ colour }) => (colour ? COLOUR_WORDS[colour] : null), 'Not looked at'),
        names('aspect', 'Shape', aspectOf, 'Unknown'),
        ...(['widthPx', 'heightPx', 'fileKilobytes', 'dpi'] as const).map(numbers),
      ],
    },
    {
      title: 'Pictures',
      charts: (['brightness', 'contrast', 'sharpness', 'skewDegrees'] as const).map(numbers),
    },
    {
      title: 'Print',
      charts: [
        names('layout', 'Layout', ({ layout }) => layout, 'None found'),
        names('grid', 'Grid', ({ grid }) => grid, 'Not read'),
        names('speed', 'Paper speed', ({ speed }) => speed, 'Not read'),
        names('gain', 'Gain', ({ gain }) => gain, 'Not read'),
        numbers('pxPerMm'),
      ],
    },
    {
      title: 'Signals',
      charts: (
        ['confidence', 'leadsFound', 'findings', 'heartRate', 'amplitudeMillivolts', 'tracedShare'] as const
      ).map(numbers),
    },
  ];
  return groups.map(({ title, charts }) => ({ title, charts: charts.filter(({ bars }) => bars.length > 0) }));
}

const COLOUR_WORDS = { colour: 'Colour', gray: 'Gray', bilevel: 'Black and white' } as const;

function statusWord(status: string): string {
  const known = pageStatus.safeParse(status);
  return known.success ? STATUS_WORDS[known.data].word : status;
}

function reviewWord(review: string): string {
  const known = reviewState.safeParse(review);
  return known.success ? REVIEW_WORDS[known.data].word : review;
}

/** Shapes by common names: sheets are 1.29 (letter) or 1.41 (A4) long, pictures 1.33 or 1.5, strips longer. */
const SHAPES = [
  { below: 1.2, name: 'square' },
  { below: 1.36, name: '4:3' },
  { below: 1.6, name: 'A4' },
  { below: 2.2, name: 'wide' },
  { below: Infinity, name: 'strip' },
] as const;

/** Shape and position of a page. */
function aspectOf({ widthPx, heightPx }: DatasetPage): string | null {
  if (!widthPx || !heightPx) return null;
  const ratio = Math.max(widthPx, heightPx) / Math.min(widthPx, heightPx);
  const kind = SHAPES.find(({ below }) => ratio < below)!.name;
  return `${widthPx >= heightPx ? 'Landscape' : 'Portrait'} ${kind}`;
}
