import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { ImportPreview, ImportProgress, ImportRequestInput } from '../../../shared/api/import-record.ts';
import { toAppError } from '../../../shared/app-error.ts';
import { call } from '../api/client.ts';

/** The folder that is looked through or imported; its progress comes with the events. */
export const useImports = defineStore('imports', () => {
  const progress = shallowRef<ImportProgress | null>(null);
  const preview = shallowRef<ImportPreview | null>(null);
  const problem = ref<string | null>(null);
  const stage = computed(() => progress.value?.stage ?? null);
  const looking = computed(() => stage.value === 'looking' || stage.value === 'reading');
  const importing = computed(
    () => stage.value === 'importing' || stage.value === 'digitizing' || stage.value === 'comparing',
  );

  function apply(next: ImportProgress): void {
    const isNew = next.importId !== progress.value?.importId;
    if (progress.value && next.importId < progress.value.importId) return;
    if (isNew) preview.value = null;
    progress.value = next;
    // What was found is fetched when it is whole, and once more for what did not fit while it was imported.
    if (next.stage === 'ready' || next.stage === 'done') void load(next.importId);
  }

  async function load(id: number): Promise<void> {
    try {
      preview.value = await call('importPreview', { id });
    } catch (thrown) {
      problem.value = toAppError(thrown).message;
    }
  }

  async function attempt(work: () => Promise<unknown>): Promise<void> {
    problem.value = null;
    await work().catch((thrown: unknown) => (problem.value = toAppError(thrown).message));
  }

  return {
    progress,
    preview,
    problem,
    looking,
    importing,
    apply,
    look: (request: ImportRequestInput) => attempt(() => call('previewImport', request)),
    start: (align: boolean) =>
      attempt(async () => {
        if (progress.value) await call('startImport', { id: progress.value.importId, align });
      }),
    cancel: () =>
      attempt(async () => {
        if (progress.value) await call('cancelImport', { id: progress.value.importId });
      }),
    /** Back to choosing a folder. */
    reset(): void {
      progress.value = null;
      preview.value = null;
      problem.value = null;
    },
  };
});
