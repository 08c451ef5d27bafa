import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { DatasetOptionsInput } from '../../../shared/api/dataset-record.ts';
import type { ExportFormat } from '../../../shared/api/routes.ts';
import type { ServerEvent } from '../../../shared/api/server-event.ts';
import { call, type CallInput } from '../api/client.ts';

/** An export as the server reports it. */
export type ExportProgress = Extract<ServerEvent, { type: 'export' }> & { readonly out: string };

/** The running or last export; its progress comes with the events. */
export const useExports = defineStore('exports', () => {
  const progress = shallowRef<ExportProgress | null>(null);
  const starting = ref(false);
  const running = computed(() => starting.value || (progress.value !== null && !progress.value.finished));

  /**
   * @param dataset null for files beside each other
   * @param processing what is done to the signals
   */
  async function start(
    ids: readonly number[],
    out: string,
    formats: readonly ExportFormat[],
    dataset: DatasetOptionsInput | null = null,
    processing: Pick<CallInput<'exportPages'>, 'processing' | 'correctLag'> = {},
  ): Promise<void> {
    starting.value = true;
    progress.value = null;
    const early: ServerEvent[] = [];
    pending = early;
    try {
      const request = { ids: [...ids], out, formats: [...formats], dataset, ...processing };
      const { exportId } = await call('exportPages', request);
      progress.value = {
        type: 'export',
        exportId,
        done: 0,
        total: ids.length,
        failed: 0,
        finished: false,
        message: null,
        out,
      };
    } finally {
      starting.value = false;
      pending = null;
    }
    for (const event of early) apply(event);
  }

  // A small export may be through before the answer with its id is.
  let pending: ServerEvent[] | null = null;

  function apply(event: ServerEvent): void {
    if (event.type !== 'export') return;
    if (pending) pending.push(event);
    else if (progress.value?.exportId === event.exportId) {
      progress.value = { ...event, out: progress.value.out };
    }
  }

  async function cancel(): Promise<void> {
    if (progress.value) await call('cancelExport', { exportId: progress.value.exportId });
  }

  return { progress, starting, running, start, apply, cancel };
});
