/** What a page of a training set is for: learning, stopping in time, or proving; pages for proving are never learnt from. */
export const TRAINING_PARTS = ['train', 'validation', 'locked'] as const;
export type TrainingPart = (typeof TRAINING_PARTS)[number];
