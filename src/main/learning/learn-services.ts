import { constants, setPriority } from 'node:os';
import { finetune, type FinetuneOptions, type FinetunePoint, type FinetuneResult } from './finetune.ts';

/** A fine-tuning for a process of its own; plain data. */
export type FinetuneTask = Pick<FinetuneOptions, 'config' | 'set' | 'parent' | 'out'>;

/** What a process that learns does. */
export const LEARN_SERVICES = {
  /** See `finetune`; at the lowest priority, so that people never wait for it. @param tell - hears of the curve */
  async learn(
    task: FinetuneTask,
    tell: (news: FinetunePoint) => void,
  ): Promise<Pick<FinetuneResult, 'ended' | 'candidate'>> {
    setPriority(constants.priority.PRIORITY_LOW);
    const { ended, candidate } = await finetune({ ...task, onPoint: tell });
    return { ended, candidate };
  },
};

export type LearnServices = typeof LEARN_SERVICES;
