import type { LeadName } from '../../shared/lead-name.ts';
import type { Colour } from './stroke-layer.ts';

/** Colours of the leads over a gray page: vivid, and unlike those of their neighbours in the usual layouts. */
export const OVERLAY_COLOURS: Readonly<Record<LeadName, Colour>> = {
  I: [214, 39, 40],
  II: [31, 100, 220],
  III: [20, 140, 40],
  aVR: [150, 60, 190],
  aVL: [230, 110, 0],
  aVF: [0, 140, 150],
  V1: [200, 20, 120],
  V2: [90, 80, 220],
  V3: [110, 130, 0],
  V4: [0, 120, 200],
  V5: [190, 70, 20],
  V6: [0, 130, 90],
};

export const GRID_COLOUR: Colour = [225, 150, 70];
export const FAILURE_COLOUR: Colour = [220, 0, 0];
export const CAPTION_INK: Colour = [25, 25, 30];
