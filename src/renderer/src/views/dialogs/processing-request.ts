import type { CallInput } from '../../api/client.ts';
import type { Preferences } from '../../stores/preferences-store.ts';

type Asked = Pick<CallInput<'exportPages'>, 'processing' | 'correctLag'>;

/** What the dialog's fields ask to be done to signals. */
export function processingRequest(preferences: Preferences): Asked {
  const { exportBaseline, exportNotchHz, exportLowPassHz, exportFs, exportComplete } = preferences;
  const baseline = (['high-pass', 'median'] as const).find((way) => way === exportBaseline) ?? null;
  const processing = {
    baseline,
    notchHz: exportNotchHz || null,
    lowPassHz: exportLowPassHz || null,
    fs: exportFs || null,
    completeLimbLeads: exportComplete,
  };
  const isAsked = Object.values(processing).some((value) => value !== null && value !== false);
  return { processing: isAsked ? processing : null, correctLag: preferences.exportCorrectLag };
}

/** Whether signals are written otherwise than they are printed. */
export function isProcessed(preferences: Preferences): boolean {
  const { processing, correctLag } = processingRequest(preferences);
  return processing !== null || correctLag === true;
}
