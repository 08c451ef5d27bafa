import { SPLIT_NAMES } from '../../core/dataset/split-by-patient.ts';
import type { DatasetSummary } from './export-dataset.ts';

/** A data set in a sentence: `34 of 35 pages of 30 patients: train 24, val 5, test 5.` */
export function datasetWords({ manifest: { pages }, done }: DatasetSummary): string {
  const patients = new Set(pages.map(({ patient }) => patient)).size;
  const parts = SPLIT_NAMES.map((name) => `${name} ${pages.filter(({ split }) => split === name).length}`);
  const count = pages.length === done ? `${done}` : `${pages.length} of ${done}`;
  return `${count} page${done === 1 ? '' : 's'} of ${patients} patient${patients === 1 ? '' : 's'}: ${parts.join(', ')}.`;
}
