import type { PagesSummary } from './summarise.ts';

/** Columns of the table of measures; the last three are of masks. */
export const MEASURE_COLUMNS = [
  ...['CinC dB', 'med dB', 'KS', 'ASCI', 'WAD uV', 'MAE uV', 'DTW uV', 'R F1'],
  ...['PR ms', 'QRS ms', 'QT ms', 'Dice', 'IoU', 'HD95 px'],
] as const;

/** One row of them, in words; empty where there is nothing to say. */
export function measureCells({ measures, masks }: Pick<PagesSummary, 'measures' | 'masks'>): string[] {
  return [
    fixed(measures?.cincSnrDb, 2),
    fixed(measures?.cincMedianSnrDb, 2),
    fixed(measures?.cincKs, 3),
    fixed(measures?.cincAsci, 3),
    fixed(measures?.cincWeightedDifferenceMicrovolts, 0),
    fixed(measures?.maeMicrovolts, 0),
    fixed(measures?.dtwMicrovolts, 0),
    fixed(measures?.rPeakF1, 3),
    fixed(measures?.pr?.medianAbsoluteMs, 1),
    fixed(measures?.qrs?.medianAbsoluteMs, 1),
    fixed(measures?.qt?.medianAbsoluteMs, 1),
    fixed(masks?.dice, 3),
    fixed(masks?.iou, 3),
    fixed(masks?.hd95Px, 1),
  ];
}

function fixed(value: number | null | undefined, decimals: number): string {
  if (value === null || value === undefined) return '';
  return value === Infinity ? 'inf' : value.toFixed(decimals);
}
