import type { LeadName } from '../../../shared/lead-name.ts';

/**
 * Colours of the twelve leads over paper: dark enough for pink, green and white paper (contrast >= 2.9 on #fbdcdc),
 * no red (the grid is red), and neighbours on the usual 3x4 and 6x2 prints stay apart with deuteranopia and
 * protanopia too (see the test).
 */
export const LEAD_COLOURS: Readonly<Record<LeadName, string>> = {
  I: '#064e3b',
  II: '#0069b4',
  III: '#6f6a00',
  aVR: '#2f2fa8',
  aVL: '#4a8210',
  aVF: '#123f6b',
  V1: '#0e86ad',
  V2: '#5a3210',
  V3: '#7c5cf0',
  V4: '#b34700',
  V5: '#7a35b0',
  V6: '#0f7a3d',
};

/** The same hues lifted for dark surfaces (contrast >= 4.5 on #17181b). */
export const LEAD_COLOURS_DARK: Readonly<Record<LeadName, string>> = {
  I: '#34c79a',
  II: '#4aa8ff',
  III: '#cfc63a',
  aVR: '#9c9cff',
  aVL: '#9bd157',
  aVF: '#7db4ee',
  V1: '#3fc6f0',
  V2: '#d99a66',
  V3: '#b3a0ff',
  V4: '#ff9152',
  V5: '#cf93ff',
  V6: '#4fce85',
};

/** Colour of a lead over paper, or over a dark surface. */
export function leadColour(lead: LeadName, surface: 'paper' | 'dark' = 'paper'): string {
  return surface === 'dark' ? LEAD_COLOURS_DARK[lead] : LEAD_COLOURS[lead];
}
