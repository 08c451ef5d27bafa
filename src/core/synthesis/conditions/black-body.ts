import type { Rgb } from '../page/page-options.ts';

/** Wavelengths that stand for red, green and blue, metres. */
const WAVELENGTHS = [610e-9, 550e-9, 465e-9] as const;
/** Planck's constant times the speed of light over Boltzmann's constant, metre kelvin. */
const SECOND_RADIATION_CONSTANT = 0.014387769;
const WHITE_KELVIN = 6500;

/**
 * Colour of a lamp by its temperature: Planck's law at three wavelengths against that of 6500 K, the strongest channel
 * at 255. 2000..40000 K.
 *
 * @example
 * blackBody(6500); // [255, 255, 255]
 */
export function blackBody(kelvin: number): Rgb {
  const ratios = WAVELENGTHS.map((wavelength) => {
    const radiance = (t: number) => 1 / (Math.exp(SECOND_RADIATION_CONSTANT / (wavelength * t)) - 1);
    return radiance(kelvin) / radiance(WHITE_KELVIN);
  });
  const most = Math.max(...ratios);
  return ratios.map((ratio) => Math.round((255 * ratio) / most)) as unknown as Rgb;
}
