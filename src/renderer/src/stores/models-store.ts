import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { ModelChange, ModelKey, ModelsState } from '../../../shared/api/model-record.ts';
import { toAppError, type AppError } from '../../../shared/app-error.ts';
import { call } from '../api/client.ts';

/** The models of the project and the choice among them; read when somebody asks for them. */
export const useModels = defineStore('models', () => {
  const state = shallowRef<ModelsState | null>(null);
  const error = shallowRef<AppError | null>(null);
  /** Whether something shows them, so that changes are read. */
  const shown = ref(false);
  let asked = 0;
  let applied = 0;

  async function load(): Promise<void> {
    const mine = ++asked;
    try {
      apply(mine, await call('models', {}));
    } catch (thrown) {
      if (mine === asked) error.value = toAppError(thrown);
    }
  }

  /** Whoever waits for an answer finds it applied, unless a later question was answered already. */
  function apply(question: number, answer: ModelsState): void {
    if (question < applied) return;
    applied = question;
    state.value = answer;
    error.value = null;
  }

  /** The server told that they changed. */
  function refresh(): void {
    if (shown.value) void load();
  }

  async function choose(change: ModelChange): Promise<void> {
    const mine = ++asked;
    apply(mine, await call('chooseModel', change));
  }

  async function importFile(path: string, signal: AbortSignal): Promise<{ key: ModelKey; known: boolean }> {
    const answer = await call('importModel', { path }, { signal });
    await load();
    return answer;
  }

  async function remove(id: number): Promise<void> {
    await call('removeModel', { id });
    await load();
  }

  async function tryProviders(): Promise<void> {
    await call('tryProviders', {});
    await load();
  }

  return { state, error, shown, load, refresh, choose, importFile, remove, tryProviders };
});
