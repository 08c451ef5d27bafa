import { LEAD_NAMES } from '../../shared/lead-name.ts';
import { OVERLAY_COLOURS } from '../overlay/overlay-colours.ts';

/** Colours of the labels 0 to 13, red, green and blue. */
export const LABEL_PALETTE: readonly (readonly [number, number, number])[] = [
  [0, 0, 0],
  ...LEAD_NAMES.map(
    (lead): [number, number, number] => [...OVERLAY_COLOURS[lead]] as [number, number, number],
  ),
  [255, 220, 60],
];
