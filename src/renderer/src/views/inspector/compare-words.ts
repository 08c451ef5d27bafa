import type { LeadDifference } from '../../../../core/agreement/compare-readings.ts';
import type { DifferenceStretch } from '../../../../core/agreement/difference-stretches.ts';

/** Name, value with unit, and what it means. */
type Fact = readonly [term: string, value: string, title: string];

/**
 * How far two readings of a lead agree, in a few numbers.
 *
 * @param readers of two readers; else of two moments, where pixels added and removed tell more than Dice
 */
export function agreementWords({ agreement, beatF1, mask }: LeadDifference, readers: boolean): Fact[] {
  const { rmseMicrovolts, snrDb, lagMilliseconds, pearson } = agreement;
  const facts: Fact[] = [
    ['RMSE', rmseMicrovolts === null ? '–' : `${Math.round(rmseMicrovolts)} µV`, 'Where both read it'],
    ['SNR', `${snrDb.toFixed(1)} dB`, 'What only one reads counts as noise'],
    [
      'lag',
      `${lagMilliseconds > 0 ? '+' : ''}${Math.round(lagMilliseconds)} ms`,
      'How much later B shows the same',
    ],
    ['r', pearson.toFixed(3), 'Pearson correlation where both read it'],
  ];
  if (readers) {
    facts.push(['beats', beatF1 === null ? '–' : beatF1.toFixed(2), 'F1 of the R peaks, within 150 ms']);
    if (mask) facts.push(['Dice', mask.dice.toFixed(3), 'Overlap of the masks']);
  } else if (mask) {
    facts.push(
      ['added', `${mask.onlySecond} px`, 'Pixels of the mask that only B has'],
      ['removed', `${mask.onlyFirst} px`, 'Pixels of the mask that only A has'],
    );
  }
  return facts;
}

/** How a stretch differs. */
export function stretchWords({ kind, peakMillivolts }: DifferenceStretch): string {
  if (kind === 'only-first') return 'only A reads it';
  if (kind === 'only-second') return 'only B reads it';
  return `up to ${peakMillivolts.toFixed(2)} mV apart`;
}
