import type { DatasetPart } from '../../../../shared/api/dataset-record.ts';
import type { ExportFormat } from '../../../../shared/api/routes.ts';
import { SIGNAL_FORMATS } from '../../../../shared/signal-formats.ts';

interface Words {
  readonly title: string;
  readonly detail: string;
}

const SIGNAL_WORDS = SIGNAL_FORMATS.map(({ id, title, detail }): [string, Words] => [id, { title, detail }]);

/** What each export format is called and what it holds. */
export const FORMAT_WORDS = {
  ...Object.fromEntries(SIGNAL_WORDS),
  json: { title: 'JSON', detail: 'layout, calibration, confidence, reasons' },
  overlay: { title: 'Overlay PNG', detail: 'the traces drawn over the page' },
} as Readonly<Record<ExportFormat, Words>>;

/** What else a data set can hold. */
export const PART_WORDS: Readonly<Record<DatasetPart, Words>> = {
  images: { title: 'Images', detail: 'PNG, without metadata' },
  planes: { title: 'Mask per lead', detail: 'PNG, crossings in both' },
  'label-maps': { title: 'Label map', detail: 'PNG, 1 to 13' },
  coco: { title: 'COCO', detail: 'masks, boxes, text' },
  yolo: { title: 'YOLO', detail: 'segmentation labels' },
  nnunet: { title: 'nnU-Net', detail: 'raw datasets' },
  'label-studio': { title: 'Label Studio', detail: 'tasks with brushes' },
  provenance: { title: 'Provenance', detail: 'who drew which column' },
};
