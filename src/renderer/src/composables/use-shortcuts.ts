import { computed, onBeforeUnmount, onMounted } from 'vue';
import type { Command } from '../commands/command.ts';
import { matchesChord, parseChord } from '../commands/key-chord.ts';
import { keysOf } from '../commands/key-map.ts';
import { pageClock } from '../services/page-clock.ts';
import { useCompare } from '../stores/compare-store.ts';
import { useEditor } from '../stores/editor-store.ts';
import { usePreferences } from '../stores/preferences-store.ts';
import { useView } from '../stores/view-store.ts';

/** Groups of commands that make sense while the dataset hides the page. */
const BESIDE_DATASET: ReadonlySet<string> = new Set(['Queue', 'View', 'Project']);

/** Whether the event's target takes text, so that plain letters belong to it. */
function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'range', 'radio', 'button'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target.isContentEditable;
}

/** Binds the chords of the commands to the window, and H to "peek" while it is held. Dialogs keep keys to themselves. */
export function useShortcuts(commands: readonly Command[]): void {
  const view = useView();
  const editor = useEditor();
  const compare = useCompare();
  const preferences = usePreferences().values;
  const bound = computed(() =>
    commands.flatMap((command) =>
      keysOf(command, preferences.keys).map((keys) => ({ command, chord: parseChord(keys) })),
    ),
  );

  const onKeyDown = (event: KeyboardEvent): void => {
    pageClock.touch();
    if (event.defaultPrevented || view.dialog !== null) return;
    const typing = takesText(event.target);
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (plain && (typing || (event.target instanceof HTMLSelectElement && event.key.length === 1))) return;
    if (plain && event.key.toLowerCase() === 'h') {
      view.peeking = true;
      return;
    }
    if (plain && event.key === 'Escape') {
      if (view.dataset) {
        view.dataset = false;
        return;
      }
      view.highlight = null;
      if (view.measuring) view.measuring = false;
      else if (!editor.escape()) compare.close();
      return;
    }
    const hit = bound.value.find(({ chord }) => matchesChord(chord, event));
    if (!hit || (typing && hit.command.id === 'select-all')) return;
    // Nobody sees the page then: nothing may happen to it.
    if (view.dataset && !BESIDE_DATASET.has(hit.command.group)) return;
    const able = hit.command.enabled?.() !== false;
    // Enter presses buttons and opens rows unless something waits for it.
    if (event.key === 'Enter' && plain && !able) return;
    event.preventDefault();
    if (able) hit.command.run();
  };
  const onKeyUp = (event: KeyboardEvent): void => {
    if (event.key.toLowerCase() === 'h') view.peeking = false;
  };
  const onBlur = (): void => {
    view.peeking = false;
  };

  onMounted(() => {
    window.addEventListener('keydown', onKeyDown);
    window.addEventListener('keyup', onKeyUp);
    window.addEventListener('blur', onBlur);
    window.addEventListener('pointerdown', pageClock.touch, true);
  });
  onBeforeUnmount(() => {
    window.removeEventListener('keydown', onKeyDown);
    window.removeEventListener('keyup', onKeyUp);
    window.removeEventListener('blur', onBlur);
    window.removeEventListener('pointerdown', pageClock.touch, true);
  });
}
