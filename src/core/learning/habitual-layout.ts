import type { Reason, StageResult } from '../../shared/reason.ts';
import type { DigitizeOverrides } from '../digitization.ts';
import type { Layout } from '../lead/layout.ts';
import type { UsualPage } from './page-habits.ts';

/**
 * The layout of a page at the speed and gain that corrected pages like it have, where the page itself shows neither: neither
 * print nor pulses are overruled, only what is assumed or taken from the usual length of columns.
 *
 * @param again finds the layout anew with what is stated
 */
export function habitualLayout(
  found: StageResult<Layout>,
  usual: UsualPage,
  again: (stated: Pick<DigitizeOverrides, 'speedMmPerSecond' | 'gainMmPerMillivolt'>) => StageResult<Layout>,
): StageResult<Layout> {
  const { value: layout } = found;
  const speed = isAssumed(layout.speedSource) ? usual.speedMmPerSecond : null;
  const gain = isAssumed(layout.gainSource) ? usual.gainMmPerMillivolt : null;
  const newSpeed = speed !== null && speed !== layout.speedMmPerSecond;
  const newGain = gain !== null && gain !== layout.gainMmPerMillivolt;
  // What agrees is told by habit, too: little that is only likely overrules it later.
  const told = {
    ...(speed !== null ? { speedSource: 'habit' as const } : {}),
    ...(gain !== null ? { gainSource: 'habit' as const } : {}),
  };
  if (!newSpeed && !newGain) return { ...found, value: { ...layout, ...told } };
  const { value, confidence, reasons } = again({
    ...(newSpeed ? { speedMmPerSecond: speed } : {}),
    ...(newGain ? { gainMmPerMillivolt: gain } : {}),
  });
  const what = [...(newSpeed ? [`${speed} mm/s`] : []), ...(newGain ? [`${gain} mm/mV`] : [])].join(' and ');
  const note: Reason = {
    code: 'scale-by-habit',
    severity: 'info',
    message: `Neither print nor pulses tell the scale; corrected pages that look like this one have ${what}.`,
  };
  return {
    value: { ...value, ...told },
    confidence,
    reasons: [...reasons, note],
  };
}

const isAssumed = (source: Layout['speedSource']): boolean => source === 'default' || source === 'duration';
