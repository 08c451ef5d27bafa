import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import {
  addTextBox,
  changeTextBox,
  dropTextBox,
  inReadingOrder,
  missedPrint,
  moveTextBox,
  tidyTextBox,
} from '../../../core/edit/edit-text-boxes.ts';
import type { Box } from '../../../core/image/raster.ts';
import type { FoundPrint, PageTextBox, PageTextBoxes, TextBoxKind } from '../../../shared/api/text-boxes.ts';
import { call } from '../api/client.ts';
import { TEXT_BOX_LOOK } from '../canvas/text-box-look.ts';
import { useEditor } from './editor-store.ts';
import { useLayerLocks } from './layer-locks.ts';
import { usePage } from './page-store.ts';
import { useToasts } from './toast-store.ts';

/** A box while it is drawn, moved or resized, image pixels; `id` is null for a new one. */
export interface DraftBox {
  readonly id: string | null;
  readonly box: Box;
}

const NONE: PageTextBoxes = { reviewed: false, boxes: [] };

/** Boxes about print: which one is held, and what is done to it. Each change is an action of its own. */
export const useTextTool = defineStore('text-tool', () => {
  const page = usePage();
  const editor = useEditor();
  const locks = useLayerLocks();
  const toasts = useToasts();
  const selected = ref<string | null>(null);
  const draft = shallowRef<DraftBox | null>(null);
  /** Kind of boxes that are drawn. */
  const newKind = ref<TextBoxKind>('identity');
  const all = computed(() => page.bundle?.detail.textBoxes ?? NONE);
  const boxes = computed(() => inReadingOrder(all.value.boxes));
  const current = computed(() => boxes.value.find(({ id }) => id === selected.value) ?? null);
  let from: readonly [number, number] | null = null;

  const size = (): { width: number; height: number } => ({
    width: page.bundle?.detail.width ?? 0,
    height: page.bundle?.detail.height ?? 0,
  });

  function commit(label: string, change: (boxes: PageTextBoxes) => PageTextBoxes): boolean {
    const open = editor.editor;
    if (!open || locks.refuse(['text'])) return false;
    editor.commit('text', label, open.setTextBoxes(change(open.textBoxes())));
    return true;
  }

  function begin(u: number, v: number): void {
    from = [u, v];
    selected.value = null;
  }

  function stretchTo(u: number, v: number): void {
    if (from) draft.value = { id: null, box: { x0: from[0], y0: from[1], x1: u, y1: v } };
  }

  /** Keeps a box that was drawn, unless it is but a click. */
  function finish(): void {
    const drawn = draft.value;
    cancel();
    const box = drawn && tidyTextBox(drawn.box, size().width, size().height);
    if (
      !box ||
      !commit(`Box added: ${TEXT_BOX_LOOK[newKind.value].title}`, (now) =>
        addTextBox(now, newKind.value, box),
      )
    )
      return;
    selected.value = all.value.boxes.at(-1)?.id ?? null;
  }

  function cancel(): void {
    from = null;
    draft.value = null;
  }

  /** Shows a box elsewhere until it is let go of. */
  function hold(id: string, box: Box): void {
    if (!locks.isLocked('text')) draft.value = { id, box };
  }

  /** Keeps where a box was held. */
  function release(): void {
    const held = draft.value;
    draft.value = null;
    const before = all.value.boxes.find(({ id }) => id === held?.id);
    const box = held && tidyTextBox(held.box, size().width, size().height);
    if (!before || !box || same(before, box)) return;
    const isMoved = box.x1 - box.x0 === before.x1 - before.x0 && box.y1 - box.y0 === before.y1 - before.y0;
    commit(isMoved ? 'Text box moved' : 'Text box resized', (now) => changeTextBox(now, before.id, box));
  }

  /** Moves or resizes the held box by pixels, as the arrow keys do; {@link release} keeps it. */
  function nudge(box: PageTextBox, dx: number, dy: number, resize: boolean): void {
    if (locks.refuse(['text'])) return;
    const { width, height } = size();
    const held = draft.value?.id === box.id ? draft.value.box : box;
    const next = resize
      ? tidyTextBox({ ...held, x1: held.x1 + dx, y1: held.y1 + dy }, width, height)
      : moveTextBox(held, dx, dy, width, height);
    if (next && (!resize || (held.x1 + dx > held.x0 && held.y1 + dy > held.y0))) hold(box.id, next);
  }

  function setKind(id: string, kind: TextBoxKind): void {
    newKind.value = kind;
    if (all.value.boxes.find((box) => box.id === id)?.kind === kind) return;
    commit(`Box is: ${TEXT_BOX_LOOK[kind].title}`, (now) => changeTextBox(now, id, { kind }));
  }

  /** Takes a box off; the next one is held. */
  function remove(id: string): void {
    const at = boxes.value.findIndex((box) => box.id === id);
    const next = boxes.value[at + 1] ?? boxes.value[at - 1] ?? null;
    if (at >= 0 && commit('Text box removed', (now) => dropTextBox(now, id)))
      selected.value = next?.id ?? null;
  }

  function setReviewed(reviewed: boolean): void {
    const label = reviewed ? 'Text boxes reviewed' : 'Text boxes to be reviewed';
    commit(label, (now) => ({ ...now, reviewed }));
  }

  /** What a closer look found on the page; null until it has looked. */
  const found = shallowRef<readonly FoundPrint[] | null>(null);
  const looking = ref(false);
  /** Print that lies in no box so far. */
  const missed = computed(() => (found.value ? missedPrint(all.value, found.value) : []));
  let look: AbortController | null = null;

  /** Looks for print more closely than digitizing does, as the export does where nobody has reviewed a page. */
  async function lookCloser({ asked = false } = {}): Promise<void> {
    const { id } = page;
    look?.abort();
    if (id === null) return;
    const mine = new AbortController();
    look = mine;
    looking.value = true;
    try {
      const { boxes } = await call('findPrint', { id }, { signal: mine.signal });
      if (look !== mine) return;
      found.value = boxes;
      if (asked && missed.value.length === 0) toasts.show({ title: 'No other print was found' });
    } catch (thrown) {
      if (look === mine) toasts.fail('No closer look at the print', thrown);
    } finally {
      if (look === mine) looking.value = false;
    }
  }

  /** Boxes about all that was missed, one action. */
  function addMissed(): void {
    const more = missed.value;
    commit(`Boxes about print that was found: ${more.length}`, (now) =>
      more.reduce<PageTextBoxes>((sum, { kind, ...box }) => addTextBox(sum, kind, box), {
        ...now,
        reviewed: false,
      }),
    );
  }

  watch(
    [() => page.id, () => editor.tool === 'text' && editor.phase === 'open'],
    ([id, isOpen], [before]) => {
      if (id !== before) {
        look?.abort();
        look = found.value = null;
        looking.value = false;
      }
      if (isOpen && !all.value.reviewed && !found.value && !looking.value) void lookCloser();
    },
  );

  watch([() => page.id, () => editor.tool], () => {
    cancel();
    selected.value = null;
  });

  return {
    selected,
    draft,
    newKind,
    all,
    boxes,
    current,
    begin,
    stretchTo,
    finish,
    cancel,
    hold,
    release,
    nudge,
    setKind,
    remove,
    setReviewed,
    found,
    looking,
    missed,
    lookCloser,
    addMissed,
  };
});

function same(a: Box, b: Box): boolean {
  return a.x0 === b.x0 && a.y0 === b.y0 && a.x1 === b.x1 && a.y1 === b.y1;
}
