import { parseArgs, type ParseArgsConfig } from 'node:util';
import { AppError } from '../../shared/app-error.ts';

/**
 * `node:util` parseArgs whose complaints are `AppError('usage')`; positionals are always allowed.
 *
 * @example
 * parseFlags(['a.png', '--jobs', '2'], { jobs: { type: 'string' } }).values.jobs; // '2'
 */
export function parseFlags<const O extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: O,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    // parseArgs adds a paragraph on `--` after the first sentence; the help says it better.
    throw new AppError('usage', message.split('. ')[0]!.replace(/\.?$/, '.'), { cause: thrown });
  }
}

/** A flag's number within limits, or null when the flag is absent. */
export function numberFlag(
  name: string,
  text: string | undefined,
  limits: { readonly min: number; readonly max: number; readonly integer?: boolean },
): number | null {
  if (text === undefined) return null;
  const value = text.trim() === '' ? NaN : Number(text);
  const fits = value >= limits.min && value <= limits.max && (!limits.integer || Number.isInteger(value));
  if (!fits) {
    const kind = limits.integer ? 'a whole number' : 'a number';
    throw new AppError(
      'usage',
      `--${name} takes ${kind} from ${limits.min} to ${limits.max}, not "${text}".`,
    );
  }
  return value;
}
