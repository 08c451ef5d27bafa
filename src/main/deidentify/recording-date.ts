import dicomParser from 'dicom-parser';
import { findDate } from '../../core/deidentify/find-date.ts';
import { SNIFF_BYTES, sniffFormat } from '../library/scan-format.ts';

/** DICOM's dates of acquisition, study and series. */
const DATE_TAGS = ['x00080022', 'x00080020', 'x00080021'];

/**
 * The day a page was recorded, `YYYY-MM-DD`: as the tags of a DICOM file or the print on the page say; null where nothing
 * does.
 *
 * @param texts what was read on the page
 */
export function recordingDate(fileBytes: Uint8Array, texts: readonly string[]): string | null {
  return findDate([...dicomDates(fileBytes), ...texts]);
}

function dicomDates(bytes: Uint8Array): string[] {
  if (sniffFormat(bytes.subarray(0, SNIFF_BYTES)) !== 'dicom') return [];
  try {
    const data = dicomParser.parseDicom(bytes, { untilTag: 'x00090000' });
    return DATE_TAGS.flatMap((tag) => data.string(tag) ?? []);
  } catch {
    return [];
  }
}
