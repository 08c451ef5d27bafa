/**
 * Order of numbers for `sort`, the least first. One function for all callers: a comparison written where it is used is
 * compiled anew whenever that place runs again after a collection, which a page sees dozens of times.
 */
export function ascending(a: number, b: number): number {
  return a - b;
}
