/**
 * Kinds of pages. `mixed` draws among all but the last three, which are kept apart so that one can measure how well
 * something learnt from `mixed` copes with kinds it never saw.
 */
export const SYNTH_PRESETS = [
  'mixed',
  'clean',
  'scan',
  'copy',
  'fax',
  'photo',
  'screen',
  'damaged',
  'monitor',
  'dotted-blue',
  'faint-fax',
] as const;
export type SynthPreset = (typeof SYNTH_PRESETS)[number];

/** A kind of page that is no mixture. */
export type PageKind = Exclude<SynthPreset, 'mixed'>;
