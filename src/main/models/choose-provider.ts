import type { ProviderResult } from './provider-check.ts';

/** A provider other than the processor has to be this many times as quick. */
const WORTH_IT = 1.2;

/**
 * The execution provider to use.
 *
 * @param stated - `auto`, or the name of one
 * @param results - of the trials on this machine; null while they are not known
 * @returns its name, and why it is this one, in words
 */
export function chooseProvider(
  stated: string,
  results: readonly ProviderResult[] | null,
): { readonly running: string; readonly why: string } {
  if (stated === 'cpu') return { running: 'cpu', why: 'You chose it.' };
  if (!results) return { running: 'cpu', why: 'It always works; the others were not tried yet.' };
  const usable = results.filter(({ reason }) => reason === null);
  if (stated !== 'auto') {
    return usable.some(({ name }) => name === stated)
      ? { running: stated, why: 'You chose it.' }
      : { running: 'cpu', why: `You chose ${stated}, which cannot be used with this model here.` };
  }
  const running = quickestProvider(results);
  if (running !== 'cpu') {
    const time = (name: string) => usable.find((one) => one.name === name)?.milliseconds ?? 0;
    return { running, why: `It is ${(time('cpu') / time(running)).toFixed(1)} times as quick as the processor.` };
  }
  return usable.length > 1
    ? { running, why: 'No other is clearly quicker.' }
    : { running, why: 'No other can be used on this machine.' };
}

/** The quickest usable provider; one other than `cpu` only when it is at least 1.2 times as quick. */
function quickestProvider(results: readonly ProviderResult[]): string {
  const timeOf = ({ milliseconds }: ProviderResult): number => milliseconds ?? Infinity;
  const cpu = results.find(({ name }) => name === 'cpu');
  const others = results.filter(({ name }) => name !== 'cpu').sort((a, b) => timeOf(a) - timeOf(b));
  const [best] = others;
  return best && cpu && timeOf(best) * WORTH_IT <= timeOf(cpu) ? best.name : 'cpu';
}
