import { expect, test } from 'vitest';
import { paperColours } from './paper-colours.ts';

/** Contrast of two colours `#rrggbb`, WCAG 2.2. */
function contrast(a: string, b: string): number {
  const [light, dark] = [a, b].map(luminance).sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

test.each(['light', 'dark'] as const)(
  '%s paper: signals and marks stand out, most with high contrast',
  (theme) => {
    const [usual, high] = [paperColours(theme, false), paperColours(theme, true)];
    for (const key of [
      'ink',
      'label',
      'accepted',
      'rejected',
      'secondLook',
      'reference',
      'cursor',
    ] as const) {
      expect(contrast(usual[key], usual.paper)).toBeGreaterThan(key === 'ink' || key === 'label' ? 7 : 3);
      expect([key, contrast(high[key], high.paper) > 7]).toEqual([key, true]);
    }
    expect(contrast(high.major, high.paper)).toBeLessThan(contrast(high.ink, high.paper) / 4);
  },
);
