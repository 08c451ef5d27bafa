import { unpackDigitization } from '../../../core/page-view/pack-digitization.ts';
import type { PageEditor } from '../../../core/edit/page-editor.ts';
import { call } from '../api/client.ts';
import { comparedReading, type ComparedReading } from './compared-reading.ts';
import type { PageVersion } from './page-versions.ts';

/** Reads a version of the open page; a request or two, and 15 ms. @throws AppError `not-found` for a state that was merged */
export async function readVersion(
  id: number,
  page: PageEditor,
  { key, title, words }: PageVersion,
): Promise<ComparedReading> {
  const about = { title, words, key };
  if (key === 'now') {
    const { documents } = await call('edits', { id });
    return comparedReading(page, documents, about);
  }
  if (key.startsWith('run-')) {
    const base = unpackDigitization(await call('pageReading', { id, run: numberOf(key) }));
    return comparedReading({ base, evidence: page.evidence }, [], about);
  }
  const entryId = key === 'machine' ? null : numberOf(key);
  const { documents } = await call('pastDocuments', { id, ...(entryId === null ? {} : { entryId }) });
  return comparedReading(page, documents, { ...about, entryId });
}

function numberOf(key: string): number {
  return Number(key.slice(key.indexOf('-') + 1));
}
