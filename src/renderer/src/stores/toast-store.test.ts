import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test } from 'vitest';
import { useToasts } from './toast-store.ts';

beforeEach(() => setActivePinia(createPinia()));

const titles = (): string[] => useToasts().toasts.map(({ title }) => title);

test('a message takes the place of the one before it about the same, and goes when that is over', () => {
  const toasts = useToasts();
  toasts.show({ kind: 'error', title: 'Nothing was kept' });
  toasts.show({ topic: 'doubt', title: 'Doubt 1 of 3' });
  toasts.show({ topic: 'doubt', title: 'Doubt 2 of 3' });
  expect(titles()).toEqual(['Nothing was kept', 'Doubt 2 of 3']);
  toasts.dismissTopic('doubt');
  expect(titles()).toEqual(['Nothing was kept']);
});

test('the same words are told once, and at most four messages stand', () => {
  const toasts = useToasts();
  for (const title of ['a', 'b', 'b', 'c', 'd', 'e']) toasts.show({ kind: 'error', title });
  expect(titles()).toEqual(['b', 'c', 'd', 'e']);
});
