/**
 * Millivolts of one unit of a voltage, however it is spelled; null for what is no voltage (`mmHg`, `bpm`, `%`).
 *
 * @example
 * millivoltsPerUnit('uV'); // 0.001
 */
export function millivoltsPerUnit(unit: string): number | null {
  switch (unit.trim().replace(/µ|μ/g, 'u')) {
    case 'mV':
    case 'mv':
    case 'MV':
    case 'millivolt':
    case 'millivolts':
    case 'mvolt':
      return 1;
    case 'uV':
    case 'uv':
    case 'UV':
    case 'MICROVOLTS':
    case 'microvolt':
    case 'microvolts':
      return 0.001;
    case 'nV':
    case 'nv':
      return 1e-6;
    case 'V':
    case 'v':
    case 'volt':
    case 'volts':
      return 1000;
    default:
      return null;
  }
}
