import { AppError } from '../../shared/app-error.ts';

/**
 * A flag's value or range of values, `5` or `2..8`; undefined when the flag is absent. Negative ends are allowed.
 *
 * @throws AppError `usage` for anything else, for ends outside the limits or in the wrong order
 *
 * @example
 * rangeFlag('rotate', '-3..3', { min: -45, max: 45 }); // [-3, 3]
 */
export function rangeFlag(
  name: string,
  text: string | undefined,
  limits: { readonly min: number; readonly max: number },
): readonly [number, number] | undefined {
  if (text === undefined) return undefined;
  const parts = text.split('..').map((part) => (part.trim() === '' ? NaN : Number(part)));
  const [low = NaN, high = low] = parts;
  const fits = parts.length <= 2 && low >= limits.min && high <= limits.max && low <= high;
  if (!fits) {
    throw new AppError(
      'usage',
      `--${name} takes a number or a range like ${limits.min}..${limits.max} within these limits, not "${text}".`,
    );
  }
  return [low, high];
}

/**
 * A flag that says how often something happens: `yes`, `no` or a probability from 0 to 1; undefined when absent.
 *
 * @throws AppError `usage` for anything else
 */
export function chanceFlag(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (text === 'yes') return 1;
  if (text === 'no') return 0;
  const value = text.trim() === '' ? NaN : Number(text);
  if (!(value >= 0 && value <= 1)) {
    throw new AppError('usage', `--${name} takes yes, no or a probability from 0 to 1, not "${text}".`);
  }
  return value;
}

/** A flag that takes one of a few words; undefined when absent. @throws AppError `usage` */
export function choiceFlag<const W extends string>(
  name: string,
  text: string | undefined,
  words: readonly W[],
): W | undefined {
  if (text === undefined) return undefined;
  const found = words.find((word) => word === text);
  if (found === undefined) {
    throw new AppError('usage', `--${name} takes one of ${words.join(', ')}, not "${text}".`);
  }
  return found;
}
