import type { RemovalReport } from './report-removal.ts';

/**
 * `removal-report.json`: what was removed from which page, never what stood there.
 *
 * @param refused pages that were not written
 */
export function writeRemovalReport(pages: readonly RemovalReport[], refused: number): string {
  const unreviewed = pages.filter(({ reviewed }) => !reviewed).length;
  const report = { format: 1, written: pages.length, refused, unreviewed, pages };
  return `${JSON.stringify(report, null, 2)}\n`;
}
