import type { Random } from '../random.ts';

/**
 * One of the keys, each as likely as its weight says.
 *
 * @example
 * pickWeighted(random, { left: 3, right: 1 }); // 'left' three times out of four
 */
export function pickWeighted<K extends string>(random: Random, weights: Readonly<Record<K, number>>): K {
  const keys = Object.keys(weights) as K[];
  let left = random.next() * keys.reduce((sum, key) => sum + weights[key], 0);
  for (const key of keys) {
    left -= weights[key];
    if (left < 0) return key;
  }
  return keys.at(-1)!;
}
