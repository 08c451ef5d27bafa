/** Why pages and leads are usually rejected or looked at again; anything else can be typed. */
export const REVIEW_REASONS = [
  'Noise',
  'Cut off',
  'Not printed',
  'Leads overlap',
  'Wrong lead',
  'Stained or torn',
  'Scale unknown',
] as const;
