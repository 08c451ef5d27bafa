import { expect, test } from 'vitest';
import { groupOf } from './group-of.ts';

test('pages are grouped by the patient that a tag names, else by their file, or by their folder', () => {
  const page = { folderPath: '/scans', relativePath: 'ward/a.pdf', tags: ['old', 'Patient: 17'] };
  expect(groupOf('patient', page)).toBe('patient 17');
  expect(groupOf('patient', { ...page, tags: ['old'] })).toBe('file /scans/ward/a.pdf');
  expect(groupOf('folder', page)).toBe('folder /scans/ward');
  expect(groupOf('folder', { ...page, relativePath: 'b.png' })).toBe('folder /scans');
});
