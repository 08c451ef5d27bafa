/** The largest of `floor` and any number of values: spreading a long list into `Math.max` overflows the stack. */
export function largestOf(floor: number, values: Iterable<number>): number {
  let largest = floor;
  for (const value of values) if (value > largest) largest = value;
  return largest;
}

/** The smallest of `ceiling` and any number of values. */
export function smallestOf(ceiling: number, values: Iterable<number>): number {
  let smallest = ceiling;
  for (const value of values) if (value < smallest) smallest = value;
  return smallest;
}
