import type { ExportFormat } from '../../../../shared/api/routes.ts';

/** What each export format is called and what it holds. */
export const FORMAT_WORDS: Readonly<
  Record<ExportFormat, { readonly title: string; readonly detail: string }>
> = {
  csv: { title: 'CSV', detail: 'time and 12 leads in millivolts' },
  wfdb: { title: 'WFDB', detail: '.hea and .dat for PhysioNet tools' },
  json: { title: 'JSON', detail: 'layout, calibration, confidence and reasons' },
  overlay: { title: 'Overlay PNG', detail: 'the traced signal drawn over the page' },
};
