import { defineStore } from 'pinia';
import { ref } from 'vue';
import { toAppError } from '../../../shared/app-error.ts';

/** A short message in the corner; errors stay until dismissed, others leave by themselves. */
export interface Toast {
  readonly id: number;
  readonly kind: 'info' | 'success' | 'error';
  readonly title: string;
  readonly detail: string | null;
  readonly action: { readonly label: string; readonly run: () => void } | null;
  /** A message takes the place of the one before it about the same; its title when nothing else is said. */
  readonly topic: string;
}

const LINGER_MS = 5000;
/** What offers something to do leaves time to decide. */
const OFFER_MS = 15_000;
const MOST = 4;

/** Messages to the user, newest last, at most four. */
export const useToasts = defineStore('toasts', () => {
  const toasts = ref<Toast[]>([]);
  let next = 1;

  function show(toast: Partial<Omit<Toast, 'id'>> & { title: string }): number {
    const id = next++;
    const entry: Toast = { id, kind: 'info', detail: null, action: null, topic: toast.title, ...toast };
    toasts.value = [...toasts.value.filter(({ topic }) => topic !== entry.topic), entry].slice(-MOST);
    if (entry.kind !== 'error') setTimeout(() => dismiss(id), entry.action ? OFFER_MS : LINGER_MS);
    return id;
  }

  function dismiss(id: number): void {
    toasts.value = toasts.value.filter((toast) => toast.id !== id);
  }

  /** Takes back what was said about something that is over. */
  function dismissTopic(topic: string): void {
    toasts.value = toasts.value.filter((toast) => toast.topic !== topic);
  }

  /** Tells of something thrown, with a way to try again; cancelled work is silent. */
  function fail(title: string, thrown: unknown, retry?: () => void): void {
    const error = toAppError(thrown);
    if (error.code === 'cancelled') return;
    show({
      kind: 'error',
      title,
      detail: error.message,
      action: retry ? { label: 'Try again', run: retry } : null,
    });
  }

  return { toasts, show, dismiss, dismissTopic, fail };
});
