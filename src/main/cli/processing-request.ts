import { join } from 'node:path';
import type { OutputName } from '../export/output-names.ts';
import type { ProcessingRequest } from '../export/process-page.ts';
import type { DigitizeRequest } from './digitize-flags.ts';

/**
 * What the flags ask to be done to the signals of the page that goes by this name: its known signals lie under the same
 * name in the reference folder. Nothing to be done has no entry, so that a task stays as it was.
 */
export function processingRequest(
  { processing, reference }: Pick<DigitizeRequest, 'processing' | 'reference'>,
  { folder, stem }: OutputName,
): { readonly processing?: ProcessingRequest } {
  if (!processing && reference === null) return {};
  const referencePath = reference === null ? null : join(reference, folder, `${stem}.csv`);
  return { processing: { processing, referencePath } };
}
