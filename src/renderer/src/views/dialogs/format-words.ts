import type { ExportFormat } from '../../../../shared/api/routes.ts';
import { SIGNAL_FORMATS } from '../../../../shared/signal-formats.ts';

interface Words {
  readonly title: string;
  readonly detail: string;
}

const SIGNAL_WORDS = SIGNAL_FORMATS.map(({ id, title, detail }): [string, Words] => [id, { title, detail }]);

/** What each export format is called and what it holds. */
export const FORMAT_WORDS = {
  ...Object.fromEntries(SIGNAL_WORDS),
  json: { title: 'JSON', detail: 'layout, calibration, confidence, reasons' },
  overlay: { title: 'Overlay PNG', detail: 'the traces drawn over the page' },
} as Readonly<Record<ExportFormat, Words>>;
