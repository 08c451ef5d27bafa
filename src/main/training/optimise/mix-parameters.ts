/**
 * Parameters on the straight way from one state of a network to another: `from + share * (to - from)`. Between a model and what
 * fine-tuning made of it they are often better than either (WiSE-FT, Wortsman et al. 2022, arXiv:2109.01903): they keep what the
 * model knew and have most of what was learnt.
 *
 * @param from - not changed
 * @param to - as long as `from`; not changed
 * @param share - 0 for `from`, 1 for `to` to the bit
 */
export function mixParameters(from: Float32Array, to: Float32Array, share: number): Float32Array {
  if (share === 1) return to.slice();
  return from.map((value, k) => value + share * (to[k]! - value));
}
