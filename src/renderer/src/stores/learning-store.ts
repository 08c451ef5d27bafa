import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { CurvePointRecord, LearningState, SplitBy } from '../../../shared/api/learning-record.ts';
import { toAppError, type AppError } from '../../../shared/app-error.ts';
import { call } from '../api/client.ts';

/** Training sets, fine-tunings, proofs and promotions; read while something shows them. */
export const useLearning = defineStore('learning', () => {
  const state = shallowRef<LearningState | null>(null);
  const error = shallowRef<AppError | null>(null);
  const curve = shallowRef<readonly CurvePointRecord[]>([]);
  /** Run whose curve is shown. */
  const curveOf = ref<number | null>(null);
  /** Whether something shows them, so that changes are read. */
  const shown = ref(false);
  /** Whether its window is to open with the lineage. */
  const lineageFirst = ref(false);
  let asked = 0;

  async function load(): Promise<void> {
    const mine = ++asked;
    try {
      const answer = await call('learning', {});
      if (mine !== asked) return;
      state.value = answer;
      error.value = null;
      await loadCurve();
    } catch (thrown) {
      if (mine === asked) error.value = toAppError(thrown);
    }
  }

  async function loadCurve(): Promise<void> {
    const id = curveOf.value;
    if (id === null) {
      curve.value = [];
      return;
    }
    const points = await call('runCurve', { id });
    if (id === curveOf.value) curve.value = points;
  }

  /** The server told that they changed. */
  function refresh(): void {
    if (shown.value) void load();
  }

  async function showCurve(id: number | null): Promise<void> {
    if (id === curveOf.value) return;
    curveOf.value = id;
    curve.value = [];
    await loadCurve();
  }

  async function apply(question: Promise<LearningState>): Promise<void> {
    const answer = await question;
    asked++;
    state.value = answer;
  }

  return {
    state,
    error,
    curve,
    curveOf,
    shown,
    lineageFirst,
    load,
    refresh,
    showCurve,
    makeSet: (splitBy: SplitBy) => apply(call('makeTrainingSet', { splitBy })),
    begin: (set: string, settings: Record<string, unknown>) => apply(call('finetune', { set, settings })),
    pause: (id: number) => apply(call('pauseRun', { id })),
    resume: (id: number) => apply(call('resumeRun', { id })),
    cancel: (id: number) => apply(call('cancelRun', { id })),
    prove: (candidate: string) => apply(call('proveModel', { candidate })),
    stop: () => apply(call('stopLearning', {})),
    promote: (candidate: string, reason: string) => apply(call('promoteModel', { candidate, reason })),
    rollBack: () => apply(call('rollBackModel', {})),
  };
});
