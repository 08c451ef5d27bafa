import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import { compareReadings, type PageDifference } from '../../../core/agreement/compare-readings.ts';
import type { DifferenceStretch } from '../../../core/agreement/difference-stretches.ts';
import { heldReading, type HeldReading } from '../../../core/agreement/held-reading.ts';
import { layoutDifferences } from '../../../core/agreement/layout-differences.ts';
import { takeLead, takePage } from '../../../core/agreement/take-reading.ts';
import { takeStretch } from '../../../core/agreement/take-stretch.ts';
import type { EditResult } from '../../../core/edit/page-editor.ts';
import { call } from '../api/client.ts';
import { REVIEW_WORDS } from '../components/review-words.ts';
import { whenWords } from '../components/when-words.ts';
import type { ComparedSignals } from '../canvas/paint-compared-signals.ts';
import { comparedReading, type ComparedReading } from '../services/compared-reading.ts';
import {
  pageVersions,
  type PageVersion,
  type VersionGroup,
  type VersionKey,
} from '../services/page-versions.ts';
import { readVersion } from '../services/read-version.ts';
import { useEditor } from './editor-store.ts';
import { usePage } from './page-store.ts';
import { usePreferences } from './preferences-store.ts';
import { useToasts } from './toast-store.ts';
import { useView } from './view-store.ts';

/** Two readings of the open page side by side. */
export interface Comparison {
  /** Of two readers, between whom it is decided, or of two moments of the page's history. */
  readonly kind: 'readers' | 'versions';
  readonly first: ComparedReading;
  readonly second: ComparedReading;
  readonly difference: PageDifference;
}

export type Side = 'first' | 'second';

/** A stretch to decide on. */
export interface ListedStretch extends DifferenceStretch {
  readonly cellId: string;
  readonly lead: string;
  /** Which of the two the page holds there now. */
  readonly held: HeldReading;
}

/** Compares two readings of the open page, and takes from either. */
export const useCompare = defineStore('compare', () => {
  const page = usePage();
  const editor = useEditor();
  const view = useView();
  const toasts = useToasts();
  const preferences = usePreferences().values;
  const comparison = shallowRef<Comparison | null>(null);
  const opening = shallowRef(false);
  /** What can be compared, while two versions are. */
  const versions = shallowRef<readonly VersionGroup[]>([]);
  /** Whether the two stand beside each other and not over each other; the tools work on the page itself. */
  const sideBySide = computed(
    () => comparison.value !== null && preferences.comparePanes && !editor.correcting,
  );
  /** Place in the list of stretches; -1 before the first. */
  const at = shallowRef(-1);

  /** Whether both readers of the open page have finished. */
  const possible = computed(() => {
    const stage = page.bundle?.detail.reading?.stage;
    return stage === 'adjudicate' || stage === 'decided';
  });
  /** Leads that differ, the first reading's order. */
  const leads = computed(
    () =>
      comparison.value?.difference.leads.filter(
        ({ stretches, words, mask }) => stretches.length > 0 || words.length > 0 || (mask && mask.dice < 1),
      ) ?? [],
  );
  const stretches = computed((): ListedStretch[] => {
    const now = comparison.value;
    const open = editor.editor;
    // What the page holds changes with every action.
    if (!now || !open || editor.version < 0) return [];
    const { first, second } = now;
    const has = (cellId: string): boolean => open.layout().cells.some(({ id }) => id === cellId);
    return leads.value.flatMap(({ cellId, first: a, second: b, stretches: found }) =>
      found.map((stretch) => ({
        ...stretch,
        cellId,
        lead: (a ?? b)!.lead,
        held: heldReading(
          has(cellId) ? open.signal(cellId) : null,
          a && first.editor.signal(cellId),
          b && second.editor.signal(cellId),
          stretch,
        ),
      })),
    );
  });
  /** The signals of the leads that differ, to be drawn. */
  const signals = computed((): readonly ComparedSignals[] => {
    const now = comparison.value;
    if (!now) return [];
    return leads.value.map(({ cellId, first: a, second: b, stretches: found }) => ({
      cellId,
      first: a && now.first.editor.signal(cellId),
      second: b && now.second.editor.signal(cellId),
      stretches: found,
    }));
  });
  const current = computed(() => stretches.value[at.value] ?? null);

  type Read = (
    page: NonNullable<typeof editor.editor>,
  ) => Promise<readonly [ComparedReading, ComparedReading]>;

  async function open(kind: Comparison['kind'], read: Read): Promise<void> {
    const id = page.id;
    opening.value = true;
    try {
      await editor.settled();
      const opened = await editor.open();
      if (!opened) throw editor.problem ?? new Error('The page is not digitized.');
      const [first, second] = await read(opened);
      if (page.id !== id) return;
      const difference = compareReadings(first.editor, second.editor);
      comparison.value = { kind, first, second, difference };
      at.value = -1;
    } catch (thrown) {
      if (page.id === id) toasts.fail('It was not compared', thrown);
    } finally {
      opening.value = false;
    }
  }

  /** Lays the two finished readings of the page over the scan. */
  function openReaders(): Promise<void> {
    const id = page.id!;
    return open('readers', async (opened) => {
      const [first, second] = await call('finishedReadings', { id });
      const reading = ({ documents, reader, review }: typeof first & object): ComparedReading => {
        const words = [REVIEW_WORDS[review.state].word, review.reason, review.note];
        const about = { title: reader, words: words.filter(Boolean).join(' · ') };
        return comparedReading(opened, documents, about);
      };
      return [reading(first!), reading(second!)];
    });
  }

  /** Lays two versions of the page beside each other or over the scan. */
  function openVersions(first: VersionKey, second: VersionKey): Promise<void> {
    const id = page.id!;
    return open('versions', async (opened) => {
      versions.value = await listVersions(id);
      return [
        await readVersion(id, opened, versionOf(first)),
        await readVersion(id, opened, versionOf(second)),
      ];
    });
  }

  /** What was asked for last on each side; an answer to anything before is late. */
  const asked = { first: 0, second: 0 };

  /** Puts another version in the place of one that is compared. */
  async function choose(side: Side, key: VersionKey): Promise<void> {
    const id = page.id!;
    const opened = editor.editor;
    if (comparison.value?.kind !== 'versions' || !opened) return;
    const mine = ++asked[side];
    try {
      const chosen = await readVersion(id, opened, versionOf(key));
      const now = comparison.value;
      if (page.id !== id || now?.kind !== 'versions' || asked[side] !== mine) return;
      // The page as it is is read again and again: whoever goes through the differences stays where they are.
      if (now[side].key !== key) at.value = -1;
      const sides = { first: now.first, second: now.second, [side]: chosen };
      comparison.value = {
        kind: 'versions',
        ...sides,
        difference: compareReadings(sides.first.editor, sides.second.editor),
      };
    } catch (thrown) {
      if (comparison.value) comparison.value = { ...comparison.value };
      toasts.fail('The version was not read', thrown);
    }
  }

  async function listVersions(id: number): Promise<readonly VersionGroup[]> {
    const [history, machine] = await Promise.all([
      call('editHistory', { id }),
      call('machineReadings', { id }),
    ]);
    return pageVersions(history, machine, whenWords);
  }

  /** A version by its key, also one that is no longer in the list. */
  function versionOf(key: VersionKey): PageVersion {
    const listed = versions.value.flatMap((group) => group.versions).find((version) => version.key === key);
    return listed ?? { key, title: 'An earlier state', words: '' };
  }

  /** Compares two versions side by side; where a comparison is open, changes between side by side and laid over each other. */
  function toggleSideBySide(): void {
    if (comparison.value) preferences.comparePanes = !preferences.comparePanes;
    else {
      preferences.comparePanes = true;
      void openVersions('machine', 'now');
    }
  }

  /** Opens the comparison of the two readers, or ends the one that is open. */
  function toggle(): void {
    if (comparison.value) close();
    else if (possible.value) void openReaders();
  }

  function close(): void {
    asked.first++;
    asked.second++;
    comparison.value = null;
    at.value = -1;
  }

  function show(index: number): void {
    const stretch = stretches.value[index];
    if (!stretch) return;
    at.value = index;
    const { cellId, startSeconds, endSeconds } = stretch;
    const { first, second } = comparison.value!;
    const traces = [...first.traces, ...second.traces].filter((trace) => trace.cellId === cellId);
    view.focusSpan({ cellIds: [cellId], startSeconds, endSeconds }, traces);
  }

  /** Goes to the next (1) or the previous (-1) stretch. */
  function visit(way: 1 | -1): void {
    const { length } = stretches.value;
    if (length === 0) return void toasts.show({ kind: 'success', title: 'The two do not differ' });
    const from = at.value < 0 ? (way === 1 ? -1 : 0) : at.value;
    show((from + way + length) % length);
  }

  /** Makes the page what one side has: in a stretch, a lead, or all over. An action of the page like any other. */
  function take(side: Side, what: ListedStretch | string | 'page'): void {
    const now = comparison.value;
    const mine = editor.editor;
    if (!now || !mine) return;
    const { title, editor: theirs } = now[side];
    const [label, result] = taken();
    if (!result || result.changes.length === 0) {
      toasts.show({ title: 'The page has it so already' });
      return;
    }
    editor.commit('adjudicate', label.slice(0, 120), result);

    function taken(): [string, EditResult | null] {
      if (what === 'page') return [`All leads as ${title}`, takePage(mine!, theirs)];
      const cellId = typeof what === 'string' ? what : what.cellId;
      const lead = leadName(cellId);
      const part = typeof what === 'string' ? null : takeStretch(mine!, theirs, cellId, what);
      if (!part) return [`${lead} as ${title}`, takeLead(mine!, theirs, cellId)];
      const { startSeconds } = what as ListedStretch;
      return [`${lead} at ${startSeconds.toFixed(2)} s as ${title}`, part];
    }
  }

  /** Whose lead the page holds: all of its stretches, and what is said of the lead itself. */
  function heldLead(cellId: string): HeldReading {
    const now = comparison.value;
    const mine = editor.editor?.layout();
    if (!now || !mine || editor.version < 0) return 'neither';
    const isHeld = (side: Side): boolean => {
      const theirs = now[side].editor.layout();
      const cells = [mine, theirs].map((layout) => layout.cells.find(({ id }) => id === cellId) ?? null);
      const isAlike =
        cells.every((cell) => cell === null) ||
        layoutDifferences([mine, theirs], cells[0]!, cells[1]!).length === 0;
      return (
        isAlike &&
        stretches.value.every((one) => one.cellId !== cellId || one.held === side || one.held === 'both')
      );
    };
    const [first, second] = [isHeld('first'), isHeld('second')];
    if (first && second) return 'both';
    if (first) return 'first';
    return second ? 'second' : 'neither';
  }

  function leadName(cellId: string): string {
    const lead = leads.value.find((difference) => difference.cellId === cellId);
    return (lead?.first ?? lead?.second)?.lead ?? cellId;
  }

  watch(() => page.id, close);
  // The page as it is is compared as it is, also once it was corrected meanwhile.
  watch(
    () => (editor.correcting ? null : editor.version),
    async (version, before) => {
      const { id } = page;
      if (version === null || version === before || id === null) return;
      if (comparison.value?.kind !== 'versions') return;
      await editor.settled();
      const listed = await listVersions(id).catch(() => versions.value);
      if (page.id !== id || comparison.value?.kind !== 'versions') return;
      versions.value = listed;
      for (const side of ['first', 'second'] as const) {
        if (comparison.value?.[side].key === 'now') await choose(side, 'now');
      }
    },
  );
  watch(
    () => page.bundle?.detail.reading?.seat,
    (seat, before) => {
      if (seat !== before) close();
    },
  );

  return {
    comparison,
    opening,
    versions,
    sideBySide,
    possible,
    leads,
    stretches,
    signals,
    current,
    heldLead,
    toggle,
    openReaders,
    openVersions,
    choose,
    toggleSideBySide,
    close,
    show,
    visit,
    take,
  };
});
