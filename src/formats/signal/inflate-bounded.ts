import { Inflate, Unzlib } from 'fflate';
import { AppError } from '../../shared/app-error.ts';

/** Deflate makes at most 1032 bytes of one, so a step of this size cannot outgrow the limit by much. */
const STEP_BYTES = 16 * 1024;

/**
 * Unpacks deflated bytes (RFC 1951, or RFC 1950 with its zlib header) and stops as soon as they turn out to be more
 * than `limitBytes`, so that a small file cannot fill the memory.
 *
 * @throws AppError `too-large` beyond the limit, `corrupt` for bytes that are not deflated or end early
 */
export function inflateBounded(bytes: Uint8Array, limitBytes: number, wrapper: 'zlib' | 'none'): Uint8Array {
  const parts: Uint8Array[] = [];
  let total = 0;
  let ended = false;
  const inflate = wrapper === 'zlib' ? new Unzlib() : new Inflate();
  inflate.ondata = (part, final) => {
    total += part.length;
    parts.push(part);
    ended ||= final;
  };
  try {
    for (let at = 0; at < bytes.length; at += STEP_BYTES) {
      const end = Math.min(bytes.length, at + STEP_BYTES);
      inflate.push(bytes.subarray(at, end), end === bytes.length);
      if (total > limitBytes) break;
    }
  } catch (thrown) {
    throw new AppError('corrupt', 'The compressed part of this file is damaged.', { cause: thrown });
  }
  if (total > limitBytes) {
    throw new AppError(
      'too-large',
      `The compressed part of this file unpacks to more than ${limitBytes} bytes.`,
    );
  }
  if (!ended) throw new AppError('corrupt', 'The compressed part of this file ends early.');
  if (parts.length === 1) return parts[0]!;
  const whole = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
