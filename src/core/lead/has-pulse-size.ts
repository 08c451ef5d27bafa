import type { CalibrationPulse } from './layout.ts';

/** Widths of 0.2 s at 25 and 50 mm/s and heights of 1 mV at the usual gains, millimetres, and how near a pulse must be, as a share. */
const WIDTHS_MM = [5, 10];
const HEIGHTS_MM = [5, 10, 20];
const SNAP = 0.03;

/** Whether a pulse has just the size that pulses have: few waves do, so that even a lone one is one. */
export function hasPulseSize({ widthMm, heightMm }: Pick<CalibrationPulse, 'widthMm' | 'heightMm'>): boolean {
  const fits = (mm: number, usual: number): boolean => Math.abs(mm / usual - 1) < SNAP;
  return WIDTHS_MM.some((usual) => fits(widthMm, usual)) && HEIGHTS_MM.some((usual) => fits(heightMm, usual));
}
