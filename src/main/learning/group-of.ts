import { posix } from 'node:path';
import type { SplitBy } from '../../shared/api/learning-record.ts';

/** What tells whose page it is. */
export interface GroupedPage {
  readonly folderPath: string;
  /** Relative to the folder, with slashes. */
  readonly relativePath: string;
  readonly tags: readonly string[];
}

const PATIENT_TAG = /^patient[: ]\s*(.+)$/i;

/**
 * Name of the group of pages that must not be parted. By patient: the tag `patient: NAME` where a person gave one, else the
 * scan's file, whose pages belong together. By folder: the folder the scan lies in.
 *
 * @example
 * groupOf('patient', { folderPath: '/scans', relativePath: 'ward/a.pdf', tags: ['patient: 17'] }) // 'patient 17'
 */
export function groupOf(splitBy: SplitBy, { folderPath, relativePath, tags }: GroupedPage): string {
  if (splitBy === 'folder') return `folder ${posix.join(folderPath, posix.dirname(relativePath))}`;
  const patient = tags.map((tag) => PATIENT_TAG.exec(tag)?.[1]).find((name) => name !== undefined);
  return patient ? `patient ${patient.trim().toLowerCase()}` : `file ${posix.join(folderPath, relativePath)}`;
}
