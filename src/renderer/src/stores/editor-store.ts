import { defineStore } from 'pinia';
import { computed, markRaw, ref, shallowRef, watch } from 'vue';
import type { ColumnAction } from '../../../core/edit/edit-columns.ts';
import { editColumns, giveColumns, swapColumns } from '../../../core/edit/edit-columns.ts';
import { takeMaskFromPath, takePathFromMask } from '../../../core/edit/mask-and-path.ts';
import type { Layout } from '../../../core/lead/layout.ts';
import { dropLead } from '../../../core/edit/edit-cell.ts';
import { BASE_KEY } from '../../../core/edit/edit-documents.ts';
import type { EditResult, PageEditor } from '../../../core/edit/page-editor.ts';
import type { SignalView } from '../../../shared/api/signal-bytes.ts';
import type { TraceView } from '../../../shared/api/trace-bytes.ts';
import type { AppError } from '../../../shared/app-error.ts';
import { toAppError } from '../../../shared/app-error.ts';
import { withEdits } from '../services/edit-view.ts';
import { openEditSession, type EditSession, type SaveState } from '../services/edit-session.ts';
import { pageClock } from '../services/page-clock.ts';
import { windowId } from '../services/window-id.ts';
import type { EditTool } from '../tools/edit-tool.ts';
import { useLayerLocks } from './layer-locks.ts';
import { useLease } from './lease-store.ts';
import { usePage } from './page-store.ts';
import { useToasts } from './toast-store.ts';

/** A lead while the pointer changes it: drawn over what it was. */
export interface LiveEdit {
  readonly cellId: string;
  readonly trace: TraceView;
  readonly signal: SignalView | null;
}

/** A marked stretch of a lead, page time in seconds. */
export interface MarkedSpan {
  readonly cellId: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

const NOTHING: SaveState = { undo: null, redo: null, merged: false, waiting: 0, problem: null };

/** The page open for correction, the tool at hand and what it is set to. Rasters and paths live in the session. */
export const useEditor = defineStore('editor', () => {
  const page = usePage();
  const toasts = useToasts();
  const lease = useLease();
  const locks = useLayerLocks();
  const tool = ref<EditTool>('select');
  const previousTool = ref<EditTool>('pin');
  const brushPx = ref(9);
  const eraserPx = ref(14);
  const onInk = ref(true);
  /** A pen paints the wider, the harder it is pressed. */
  const penPressure = ref(true);
  /** Whether a pen was ever near. */
  const penSeen = ref(false);
  /** How much paler than the point clicked the wand's ink may be, 0..1. */
  const wandTolerance = ref(0.5);
  /** The line drawn becomes the path itself. */
  const lineSetsPath = ref(false);
  /** The wand takes off rather than adds. */
  const wandRemoves = ref(false);
  /** Lead that the tools work on; null: the one under the pointer. */
  const activeCell = ref<string | null>(null);
  const span = shallowRef<MarkedSpan | null>(null);
  const live = shallowRef<LiveEdit | null>(null);
  const session = shallowRef<EditSession | null>(null);
  const phase = ref<'closed' | 'opening' | 'open' | 'failed'>('closed');
  const problem = shallowRef<AppError | null>(null);
  const saving = shallowRef<SaveState>(NOTHING);
  /** Breaks off what the pointer is doing; tells whether it did anything. */
  const abortGesture = shallowRef<(() => boolean) | null>(null);
  /** Keeps what the pointer is doing as it stands; null while it does nothing that could be kept. */
  const keepGesture = shallowRef<(() => void) | null>(null);
  /** Takes the last part of what is being drawn back; null where there is none. */
  const backGesture = shallowRef<(() => void) | null>(null);
  /** Counts changes of what is drawn of masks and pins. */
  const version = ref(0);
  /** Leads whose mask may be another since the version before. */
  const changed = shallowRef<readonly string[]>([]);

  const correcting = computed(() => tool.value !== 'select');
  const editor = computed<PageEditor | null>(() => session.value?.editor ?? null);
  let opening: AbortController | null = null;
  /** Last revision of pages, and of their readers' corrections, that the project told of. */
  const newest = new Map<string, number>();

  function choose(next: EditTool): void {
    if (next !== 'select' && lease.mine === false) {
      toasts.show({
        title: 'Another window corrects this project',
        detail: 'Take it over in the bar above first.',
      });
      return;
    }
    if (next === tool.value) return;
    previousTool.value = tool.value;
    tool.value = next;
    span.value = null;
  }

  /** Opens the shown page for correction unless it is; resolves to its editor, null where it cannot be corrected. */
  async function open(): Promise<PageEditor | null> {
    const id = page.id;
    const { bundle } = page;
    if (id === null || bundle?.detail.id !== id || bundle.detail.cells.length === 0) return null;
    if (session.value?.pageId === id) return session.value.editor;
    opening?.abort();
    const mine = (opening = new AbortController());
    phase.value = 'opening';
    problem.value = null;
    try {
      const opened = await openEditSession(id, {
        signal: mine.signal,
        window: windowId,
        onState: (state) => {
          if (session.value === null || session.value.pageId === id) saving.value = state;
        },
        onRefused: (error) => void reopen(id, error),
      });
      if (mine.signal.aborted || page.id !== id) return null;
      // Meanwhile the page may have moved on.
      if (opened.revision() < (newest.get(`${id} ${opened.reader}`) ?? 0)) return await open();
      session.value = markRaw(opened);
      saving.value = opened.state();
      phase.value = 'open';
      redraw(null);
      // The first pin needs to know where all lines lie: found out while nobody waits for it.
      const [first] = opened.editor.layout().cells;
      if (first) requestIdleCallback(() => opened.editor.claims(first.id));
      return opened.editor;
    } catch (thrown) {
      if (mine.signal.aborted) return null;
      problem.value = toAppError(thrown);
      phase.value = 'failed';
      return null;
    }
  }

  function close(): void {
    opening?.abort();
    session.value = null;
    phase.value = 'closed';
    problem.value = null;
    saving.value = NOTHING;
    activeCell.value = null;
    span.value = null;
    live.value = null;
  }

  /** What was done here is not in the project: the page is shown as the project has it. */
  async function reopen(id: number, error: AppError): Promise<void> {
    toasts.fail('The correction was not saved', error);
    if (page.id !== id) return;
    session.value = null;
    live.value = null;
    await page.refresh([id]);
    await open();
  }

  /** Shows leads as the session has them; all of them for null. */
  function redraw(cellIds: readonly string[] | null): void {
    const now = session.value;
    if (!now || page.bundle?.detail.id !== now.pageId) return;
    // Whoever sits here sees the work of another now: it is opened once the page was read anew.
    if (now.reader !== (page.bundle.detail.reading?.seat ?? '')) return drop();
    page.bundle = withEdits(page.bundle, now.editor, cellIds ? new Set(cellIds) : undefined);
    changed.value = cellIds ?? now.editor.layout().cells.map(({ id }) => id);
    version.value++;
  }

  /** Lets go of what the pointer holds, then of what is marked, then of the lead, then of the tool; false for nothing. */
  function escape(): boolean {
    if (abortGesture.value?.()) return true;
    if (span.value) span.value = null;
    else if (activeCell.value) activeCell.value = null;
    else if (tool.value !== 'select') choose('select');
    else return false;
    return true;
  }

  /** Shows and saves an action that was carried out on the editor. */
  function commit(what: EditTool | 'layout' | 'adjudicate', label: string, result: EditResult | null): void {
    live.value = null;
    if (!result || result.changes.length === 0 || !session.value) return;
    session.value.commit(what, label, result);
    redraw(result.cellIds);
  }

  /** Changes names, scale or places of the leads. */
  async function changeLayout(label: string, change: (layout: Layout) => Layout): Promise<void> {
    if (locks.refuse(['boxes'])) return;
    const opened = await open();
    if (!opened) {
      if (problem.value) toasts.fail('The page cannot be corrected', problem.value);
      return;
    }
    commit('layout', label, opened.setLayout(change(opened.layout())));
  }

  /** Takes the active lead off the page. */
  function dropActive(): void {
    const open = editor.value;
    const cellId = activeCell.value;
    if (!open || !cellId || locks.refuse(['boxes'])) return;
    const { lead } = open.cell(cellId);
    activeCell.value = null;
    commit('lead', `Remove lead ${lead}`, dropLead(open, cellId));
  }

  async function step(direction: 'undo' | 'redo'): Promise<void> {
    const opened = session.value ?? ((await open()) ? session.value : null);
    const done = await opened?.[direction]();
    if (!done && direction === 'undo' && opened?.state().merged && opened.state().undo === null) {
      const title = 'Older steps are merged; the history holds states to go back to';
      toasts.show({ title });
    }
    if (!done) return;
    if (session.value === opened) await follow(done.result);
    toasts.show({ title: `${direction === 'undo' ? 'Undone' : 'Done again'}: ${done.label}` });
  }

  /** Shows what a step left; where it left another reading of the page, the page is opened anew. */
  async function follow({ changes, cellIds }: EditResult, all = false): Promise<void> {
    if (!changes.some(({ key }) => key === BASE_KEY)) return redraw(all ? null : cellIds);
    const id = page.id;
    session.value = null;
    live.value = null;
    phase.value = 'closed';
    if (id !== null) await page.refresh([id]);
    await open();
  }

  /** Brings the page back to where it was after an entry of its history, null: as the machine read it. */
  async function restore(entryId: number | null): Promise<void> {
    const opened = session.value ?? ((await open()) ? session.value : null);
    const done = await opened?.restore(entryId);
    if (done && session.value === opened) await follow(done.result, true);
  }

  /** The project tells of corrections: those of another window are read anew. */
  function heard(id: number, reader: string, revision: number): void {
    newest.set(`${id} ${reader}`, revision);
    const now = session.value;
    if (!now || now.pageId !== id || now.reader !== reader) return;
    if (now.state().waiting > 0 || revision <= now.revision()) return;
    drop();
    void open();
  }

  /** Lets the opened page go; what is at hand of tools and leads stays. */
  function drop(): void {
    session.value = null;
    live.value = null;
    saving.value = NOTHING;
    phase.value = 'closed';
  }

  /** Canonical columns of the marked stretch. */
  function spanColumns(): { cellId: string; from: number; to: number } | null {
    const marked = span.value;
    const open = editor.value;
    if (!marked || !open) return null;
    const cell = open.cell(marked.cellId);
    const perSecond = (cell.x1 - cell.x0) / (cell.endSeconds - cell.startSeconds);
    const at = (seconds: number): number => Math.round(cell.x0 + (seconds - cell.startSeconds) * perSecond);
    return { cellId: marked.cellId, from: at(marked.startSeconds), to: at(marked.endSeconds) };
  }

  const SPAN_WORDS: Readonly<Record<ColumnAction, string>> = {
    blank: 'Mark as not printed',
    bridge: 'Bridge',
    retrace: 'Retrace',
    machine: 'Back to the machine’s trace',
  };

  /** Does something to the marked stretch. */
  function actOnSpan(action: ColumnAction): void {
    const columns = spanColumns();
    if (!columns || !editor.value || locks.refuse(['traces'])) return;
    const lead = editor.value.cell(columns.cellId).lead;
    commit('span', `${SPAN_WORDS[action]}: ${lead}`, editColumns(editor.value, columns, action));
  }

  /** Takes the mask of the lead at hand from its path, or the path from the mask. */
  function take(what: 'mask' | 'path'): void {
    const open = editor.value;
    const cellId = activeCell.value;
    if (!open || !cellId || locks.refuse([what === 'mask' ? 'masks' : 'traces'])) return;
    const { lead } = open.cell(cellId);
    const result = what === 'mask' ? takeMaskFromPath(open, cellId) : takePathFromMask(open, cellId);
    if (result)
      return commit('brush', `${what === 'mask' ? 'Mask from path' : 'Path from mask'}: ${lead}`, result);
    toasts.show({ title: `Nobody painted on the mask of ${lead}: it follows the path` });
  }

  /** Exchanges the marked stretch with another lead. */
  function swapSpan(otherId: string): void {
    const columns = spanColumns();
    const open = editor.value;
    if (!columns || !open || locks.refuse(['traces'])) return;
    const names = `${open.cell(columns.cellId).lead} and ${open.cell(otherId).lead}`;
    commit('span', `Exchange ${names}`, swapColumns(open, columns.cellId, otherId, columns));
  }

  /** Gives the marked stretch to another lead, and traces its own lead anew. */
  function giveSpan(otherId: string): void {
    const columns = spanColumns();
    const open = editor.value;
    if (!columns || !open) return;
    const words = `Give a stretch of ${open.cell(columns.cellId).lead} to ${open.cell(otherId).lead}`;
    commit('span', words, giveColumns(open, columns.cellId, otherId, columns));
  }

  watch(
    () => page.id,
    () => {
      close();
      pageClock.take();
    },
  );
  watch([tool, () => page.phase, () => page.bundle?.detail.id], () => {
    const needsInk = correcting.value && tool.value !== 'grid';
    if (needsInk && page.phase === 'ready' && phase.value === 'closed') void open();
  });
  // What the server tells of the page does not know what is not saved yet.
  watch(
    () => page.loads,
    () => {
      redraw(null);
      if (!session.value && phase.value === 'closed' && correcting.value) void open();
    },
  );

  return {
    tool,
    previousTool,
    brushPx,
    eraserPx,
    onInk,
    penPressure,
    penSeen,
    wandTolerance,
    wandRemoves,
    lineSetsPath,
    activeCell,
    span,
    live,
    phase,
    problem,
    saving,
    abortGesture,
    keepGesture,
    backGesture,
    version,
    changed,
    correcting,
    editor,
    choose,
    escape,
    open,
    heard,
    restore,
    commit,
    changeLayout,
    dropActive,
    undo: () => step('undo'),
    redo: () => step('redo'),
    actOnSpan,
    take,
    swapSpan,
    giveSpan,
    settled: () => session.value?.settled() ?? Promise.resolve(),
  };
});
