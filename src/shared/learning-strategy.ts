/** Ways to order the pages that a person corrects next, see `rankPages`. */
export const STRATEGIES = ['combined', 'uncertainty', 'attention', 'diversity', 'age', 'random'] as const;
export type Strategy = (typeof STRATEGIES)[number];
