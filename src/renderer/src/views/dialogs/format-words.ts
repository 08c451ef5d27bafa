import type { DatasetPart } from '../../../../shared/api/dataset-record.ts';
import type { ExportFormat } from '../../../../shared/api/routes.ts';

/** What each export format is called and what it holds. */
export const FORMAT_WORDS: Readonly<
  Record<ExportFormat, { readonly title: string; readonly detail: string }>
> = {
  csv: { title: 'CSV', detail: 'time and 12 leads in millivolts' },
  wfdb: { title: 'WFDB', detail: '.hea and .dat for PhysioNet tools' },
  json: { title: 'JSON', detail: 'layout, calibration, confidence and reasons' },
  overlay: { title: 'Overlay PNG', detail: 'the traced signal drawn over the page' },
};

/** What else a data set can hold. */
export const PART_WORDS: Readonly<Record<DatasetPart, { readonly title: string; readonly detail: string }>> =
  {
    images: { title: 'Images', detail: 'PNG, without metadata' },
    planes: { title: 'Mask per lead', detail: 'PNG, crossings in both' },
    'label-maps': { title: 'Label map', detail: 'PNG, 1 to 13' },
    coco: { title: 'COCO', detail: 'masks, boxes, text' },
    yolo: { title: 'YOLO', detail: 'segmentation labels' },
    nnunet: { title: 'nnU-Net', detail: 'raw datasets' },
    'label-studio': { title: 'Label Studio', detail: 'tasks with brushes' },
    provenance: { title: 'Provenance', detail: 'who drew which column' },
  };
