const WIDTH = 12;

/**
 * Key by which pages are listed as people count: numbers by value, letters whatever their case, pages of one file in
 * order.
 *
 * @example
 * sortName('Ward/ECG2.png', 0) < sortName('ward/ecg10.png', 0) // true
 */
export function sortName(relativePath: string, pageIndex: number): string {
  const padded = relativePath
    .normalize('NFC')
    .toLowerCase()
    .replace(/\d+/g, (digits) => digits.padStart(WIDTH, '0'));
  return `${padded}\u0001${String(pageIndex).padStart(6, '0')}`;
}
