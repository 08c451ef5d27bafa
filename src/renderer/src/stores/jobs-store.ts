import { defineStore } from 'pinia';
import { computed, reactive, shallowRef } from 'vue';
import type { JobState } from '../../../shared/api/job-state.ts';
import { call } from '../api/client.ts';

const IDLE: JobState = { paused: false, running: 0, waiting: 0, done: 0, failed: 0, pagesPerMinute: null };

/** Background digitizing: counts, rate, and the stage each running page is in. */
export const useJobs = defineStore('jobs', () => {
  const state = shallowRef<JobState>(IDLE);
  const stages = reactive(new Map<number, { stage: string; progress: number }>());

  const left = computed(() => state.value.running + state.value.waiting);
  const active = computed(() => left.value > 0);
  /** Share of this batch that is done, 0..1. */
  const progress = computed(() => {
    const finished = state.value.done + state.value.failed;
    const total = finished + left.value;
    return total === 0 ? 0 : finished / total;
  });
  /** Minutes until the queue is empty at the present rate; null when unknown. */
  const minutesLeft = computed(() =>
    state.value.pagesPerMinute && !state.value.paused ? left.value / state.value.pagesPerMinute : null,
  );

  function apply(next: JobState): void {
    state.value = next;
    if (next.running === 0) stages.clear();
  }

  async function pause(): Promise<void> {
    apply(await call('pauseJobs', {}));
  }
  async function resume(): Promise<void> {
    apply(await call('resumeJobs', {}));
  }
  async function cancel(): Promise<void> {
    apply(await call('cancelJobs', {}));
  }
  async function digitize(ids: readonly number[], again: boolean): Promise<number> {
    return (await call('digitize', { ids: [...ids], again })).queued;
  }

  return { state, stages, left, active, progress, minutesLeft, apply, pause, resume, cancel, digitize };
});
