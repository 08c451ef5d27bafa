import { datasetPart, patientRule, type DatasetOptionsInput } from '../../../../shared/api/dataset-record.ts';
import type { Preferences } from '../../stores/preferences-store.ts';

/** Shares of training, validation and test in a text such as `70:15:15`; null for one that is none. */
export function readShares(text: string): DatasetOptionsInput['shares'] | null {
  const numbers = text.split(':').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const [train, val, test] = numbers;
  const fits =
    numbers.length === 3 && numbers.every((n) => n >= 0 && n <= 1000) && numbers.some((n) => n > 0);
  return fits ? { train: train!, val: val!, test: test! } : null;
}

/**
 * The data set that the dialog's fields describe; null while they do not.
 *
 * @param project name to fall back on
 */
export function datasetRequest(preferences: Preferences, project: string): DatasetOptionsInput | null {
  const { datasetParts, datasetName, datasetLicence, datasetSplit, datasetSeed } = preferences;
  const shares = readShares(datasetSplit);
  const hasSeed = Number.isInteger(datasetSeed) && datasetSeed >= 0 && datasetSeed <= 0xffff_ffff;
  if (!shares || !hasSeed) return null;
  const patients = patientRule.catch('name').parse(preferences.datasetPatients);
  const stratify = (['layout', 'folder', 'none'] as const).find((by) => by === preferences.datasetStratify);
  return {
    parts: datasetPart.options.filter((part) => datasetParts.includes(part)),
    name: (datasetName.trim() || project || 'Tracewright data set').slice(0, 80),
    licence: datasetLicence.trim(),
    seed: datasetSeed,
    shares,
    patients: patients === 'pattern' ? 'name' : patients,
    stratify: stratify ?? 'layout',
    deidentify: preferences.datasetDeidentify ? { unreviewed: preferences.datasetUnreviewed } : null,
  };
}
