import { AppError } from '../../shared/app-error.ts';

/**
 * Run lengths as the text of COCO's compressed masks: from the fourth on each run is written as its difference to the run
 * two before it, in groups of five bits, low ones first, with a sixth bit where more follow, as characters from `0` on
 * (as `rleToString` of the COCO API, https://github.com/cocodataset/cocoapi, has it).
 *
 * @example
 * writeRleString([3, 2, 4]); // '324'
 */
export function writeRleString(runs: readonly number[]): string {
  const codes: number[] = [];
  runs.forEach((run, i) => {
    let rest = i > 2 ? run - runs[i - 2]! : run;
    for (let more = true; more;) {
      const bits = rest & 31;
      rest >>= 5;
      // The sign is the uppermost bit that is written.
      more = (bits & 16) !== 0 ? rest !== -1 : rest !== 0;
      codes.push(48 + bits + (more ? 32 : 0));
    }
  });
  let text = '';
  for (let i = 0; i < codes.length; i += 4096) text += String.fromCharCode(...codes.slice(i, i + 4096));
  return text;
}

/** Reads what {@link writeRleString} wrote. @throws AppError `corrupt` for a character or an end that cannot be */
export function readRleString(text: string): number[] {
  const runs: number[] = [];
  for (let at = 0; at < text.length;) {
    let value = 0;
    let shift = 0;
    for (let more = true; more; shift += 5) {
      const code = text.charCodeAt(at++) - 48;
      if (!(code >= 0 && code < 64) || shift > 30) {
        throw new AppError('corrupt', `A compressed COCO mask is damaged at character ${at}.`);
      }
      value |= (code & 31) << shift;
      more = (code & 32) !== 0;
      if (!more && (code & 16) !== 0 && shift < 27) value |= -1 << (shift + 5);
    }
    runs.push(runs.length > 2 ? value + runs[runs.length - 2]! : value);
  }
  return runs;
}
