import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { PageOverrides } from '../../../shared/api/page-record.ts';
import { toAppError, type AppError } from '../../../shared/app-error.ts';
import { call } from '../api/client.ts';
import { forgetPageBundles, loadPageBundle, type PageBundle } from '../services/page-bundle.ts';

/** The page being looked at. */
export const usePage = defineStore('page', () => {
  const id = ref<number | null>(null);
  const phase = ref<'empty' | 'loading' | 'ready' | 'failed'>('empty');
  const error = shallowRef<AppError | null>(null);
  const bundle = shallowRef<PageBundle | null>(null);
  /** True from a change of overrides until the new result is shown. */
  const redigitizing = ref(false);
  /** Counts how often the page was read from the server. */
  const loads = ref(0);

  /** Shows a page; the old one stays on screen until the new one is there. */
  async function show(wanted: number | null): Promise<void> {
    id.value = wanted;
    redigitizing.value = false;
    error.value = null;
    if (wanted === null) {
      bundle.value = null;
      phase.value = 'empty';
      return;
    }
    phase.value = 'loading';
    void call('look', { id: wanted }).catch(() => undefined);
    await refill(wanted);
  }

  async function refill(wanted: number): Promise<void> {
    try {
      const loaded = await loadPageBundle(wanted);
      if (id.value !== wanted) return;
      bundle.value = loaded;
      loads.value++;
      phase.value = 'ready';
      error.value = null;
      const { status } = loaded.detail;
      if (status !== 'running' && status !== 'queued') redigitizing.value = false;
    } catch (thrown) {
      if (id.value !== wanted) return;
      error.value = toAppError(thrown);
      phase.value = 'failed';
    }
  }

  /** Pages changed on the server: loads the shown one anew, without a flash. */
  async function refresh(changed: readonly number[]): Promise<void> {
    forgetPageBundles(changed);
    if (id.value !== null && changed.includes(id.value)) await refill(id.value);
  }

  /** States or takes back (null) facts of the shown page; the server digitizes it again at once. */
  async function override(change: PageOverrides): Promise<void> {
    if (id.value === null || bundle.value?.detail.id !== id.value) return;
    const { detail } = bundle.value;
    const next: PageOverrides = { ...detail.overrides, ...change };
    redigitizing.value = true;
    // The stated facts show at once; the digitized ones follow with the result.
    bundle.value = { ...bundle.value, detail: { ...detail, overrides: next } };
    try {
      await call('override', { id: detail.id, ...next });
    } catch (thrown) {
      redigitizing.value = false;
      await refresh([detail.id]);
      throw thrown;
    }
  }

  return { id, phase, error, bundle, redigitizing, loads, show, refresh, override };
});
