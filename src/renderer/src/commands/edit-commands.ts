import type { CellView } from '../../../shared/api/page-record.ts';
import { LEAD_NAMES } from '../../../shared/lead-name.ts';
import { useCompare } from '../stores/compare-store.ts';
import { useDoubts } from '../stores/doubts-store.ts';
import { useEditor } from '../stores/editor-store.ts';
import { usePage } from '../stores/page-store.ts';
import { useRegions } from '../stores/region-store.ts';
import { useReview } from '../stores/review-store.ts';
import { useToasts } from '../stores/toast-store.ts';
import { useView } from '../stores/view-store.ts';
import { EDIT_TOOLS, TOOL_FACTS } from '../tools/edit-tool.ts';
import type { Command } from './command.ts';

/** Keys of the twelve leads in their usual order, then the rhythm strip. */
const LEAD_KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', 'Shift+1', 'Shift+2'] as const;

/** Commands that correct the open page. */
export function editCommands(): Command[] {
  const editor = useEditor();
  const page = usePage();
  const view = useView();
  const review = useReview();
  const doubts = useDoubts();
  const regions = useRegions();
  const toasts = useToasts();
  const compare = useCompare();
  const canTake = (): boolean => compare.comparison?.kind === 'readers' && compare.current !== null;
  const hasPage = (): boolean => (page.bundle?.detail.cells.length ?? 0) > 0;
  const hasSpan = (): boolean => editor.span !== null;
  const guarded = (title: string, work: () => Promise<unknown>) => () =>
    void work().catch((thrown: unknown) => toasts.fail(title, thrown));

  /** Leads in reading order. */
  const cells = (): readonly CellView[] =>
    [...(page.bundle?.detail.cells ?? [])].sort(
      (a, b) =>
        Number(a.role === 'rhythm') - Number(b.role === 'rhythm') || a.column - b.column || a.row - b.row,
    );
  const activate = (cell: CellView | undefined): void => {
    if (!cell) return;
    editor.activeCell = cell.id;
    view.hoveredCell = cell.id;
  };
  const stepLead = (offset: number) => () => {
    const all = cells();
    const at = all.findIndex(({ id }) => id === editor.activeCell);
    activate(all[(at + offset + all.length) % all.length] ?? all[0]);
  };
  const hasLead = (): boolean => cells().some(({ id }) => id === editor.activeCell);
  const acceptLead = (): void => {
    const all = cells();
    const at = all.findIndex(({ id }) => id === editor.activeCell);
    review.decideLead(all[at]!.id, 'accepted');
    const decided = page.bundle!.detail.review.leads;
    activate([...all.slice(at + 1), ...all.slice(0, at)].find(({ id }) => decided[id] === undefined));
  };
  const resize = (factor: number) => () => {
    if (editor.tool === 'wand') {
      const next = editor.wandTolerance + (factor > 1 ? 0.05 : -0.05);
      editor.wandTolerance = Math.max(0.05, Math.min(0.95, Math.round(next * 20) / 20));
      return;
    }
    const key = editor.tool === 'erase' ? 'eraserPx' : 'brushPx';
    const step = factor > 1 ? Math.ceil : Math.floor;
    editor[key] = Math.max(1, Math.min(80, step(editor[key] * factor)));
  };

  return [
    {
      id: 'accept',
      title: 'Accept and open the next page',
      group: 'Correct',
      keys: ['Ctrl+Enter'],
      also: 'done verify approve',
      enabled: hasPage,
      run: () => review.decide('accepted', '', true),
    },
    {
      id: 'second-look',
      title: 'Mark for a second look',
      group: 'Correct',
      keys: ['F'],
      also: 'flag doubt',
      enabled: () => page.id !== null,
      run: () => review.decide('second-look'),
    },
    {
      id: 'reject',
      title: 'Reject the page',
      group: 'Correct',
      keys: ['Shift+F'],
      also: 'unusable',
      enabled: () => page.id !== null,
      run: () => review.decide('rejected'),
    },
    {
      id: 'reopen',
      title: 'Review the page again',
      group: 'Correct',
      also: 'unaccept open',
      enabled: () => page.id !== null,
      run: () => review.decide('open'),
    },
    {
      id: 'lead-accept',
      title: 'Lead: accept, and go to the next one to review',
      group: 'Correct',
      keys: ['Shift+Enter'],
      also: 'verify approve',
      enabled: hasLead,
      run: acceptLead,
    },
    {
      id: 'lead-second-look',
      title: 'Lead: mark for a second look',
      group: 'Correct',
      keys: ['Alt+F'],
      enabled: hasLead,
      run: () => review.decideLead(editor.activeCell!, 'second-look'),
    },
    {
      id: 'lead-reject',
      title: 'Lead: reject',
      group: 'Correct',
      keys: ['Alt+Shift+F'],
      also: 'unusable',
      enabled: hasLead,
      run: () => review.decideLead(editor.activeCell!, 'rejected'),
    },
    {
      id: 'next-doubt',
      title: 'Next doubtful stretch',
      group: 'Correct',
      keys: ['N'],
      also: 'uncertain finding',
      enabled: hasPage,
      run: () => doubts.visit(1),
    },
    {
      id: 'previous-doubt',
      title: 'Previous doubtful stretch',
      group: 'Correct',
      keys: ['Shift+N'],
      enabled: hasPage,
      run: () => doubts.visit(-1),
    },
    {
      id: 'compare',
      title: 'Compare the two readers, or end the comparison',
      group: 'Correct',
      keys: ['C'],
      also: 'adjudicate agreement double reading difference',
      enabled: () => compare.possible || compare.comparison !== null,
      run: () => compare.toggle(),
    },
    {
      id: 'compare-versions',
      title: 'Versions of the page: side by side, or laid over each other',
      group: 'Correct',
      keys: ['Shift+C'],
      also: 'compare two panes split history machine model accepted earlier difference',
      enabled: hasPage,
      run: () => compare.toggleSideBySide(),
    },
    {
      id: 'next-difference',
      title: 'Next difference',
      group: 'Correct',
      keys: ['J'],
      enabled: () => compare.comparison !== null,
      run: () => compare.visit(1),
    },
    {
      id: 'previous-difference',
      title: 'Previous difference',
      group: 'Correct',
      keys: ['Shift+J'],
      enabled: () => compare.comparison !== null,
      run: () => compare.visit(-1),
    },
    ...(
      [
        ['first', 'A', 'U'],
        ['second', 'B', 'I'],
      ] as const
    ).flatMap(([side, letter, key]): Command[] => [
      {
        id: `take-${side}`,
        title: `Difference: as ${letter} has it`,
        group: 'Correct',
        keys: [key],
        also: 'adjudicate reader take',
        enabled: canTake,
        run: () => compare.take(side, compare.current!),
      },
      {
        id: `take-lead-${side}`,
        title: `Difference: the whole lead as ${letter} has it`,
        group: 'Correct',
        keys: [`Shift+${key}`],
        also: 'adjudicate reader',
        enabled: canTake,
        run: () => compare.take(side, compare.current!.cellId),
      },
    ]),
    ...EDIT_TOOLS.map((name): Command => ({
      id: `tool-${name}`,
      title: `Tool: ${TOOL_FACTS[name].title.toLowerCase()}`,
      group: 'Correct',
      keys: [TOOL_FACTS[name].key],
      also: TOOL_FACTS[name].hint,
      enabled: () => name === 'select' || hasPage(),
      run: () => editor.choose(name),
    })),
    {
      id: 'tool-previous',
      title: 'Tool used before',
      group: 'Correct',
      keys: ['Q'],
      run: () => editor.choose(editor.previousTool),
    },
    {
      id: 'tool-swap',
      title: 'Brush or eraser; the wand adds or takes off',
      group: 'Correct',
      keys: ['X'],
      enabled: hasPage,
      run: () => {
        if (editor.tool === 'wand') editor.wandRemoves = !editor.wandRemoves;
        else editor.choose(editor.tool === 'brush' ? 'erase' : 'brush');
      },
    },
    {
      id: 'brush-larger',
      title: 'Larger brush, more tolerance',
      group: 'Correct',
      keys: [']'],
      run: resize(1.2),
    },
    {
      id: 'brush-smaller',
      title: 'Smaller brush, less tolerance',
      group: 'Correct',
      keys: ['['],
      run: resize(1 / 1.2),
    },
    {
      id: 'keep',
      title: 'Keep what is being drawn',
      group: 'Correct',
      keys: ['Enter'],
      also: 'finish end apply',
      enabled: () => editor.keepGesture !== null,
      run: () => editor.keepGesture?.(),
    },
    {
      id: 'step-back',
      title: 'Take the last point back',
      group: 'Correct',
      keys: ['Backspace'],
      enabled: () => editor.backGesture !== null,
      run: () => editor.backGesture?.(),
    },
    {
      id: 'mask-from-path',
      title: 'Lead: take the mask from the path, dropping what was painted',
      group: 'Correct',
      also: 'reset clear brush',
      enabled: hasLead,
      run: () => editor.take('mask'),
    },
    {
      id: 'path-from-mask',
      title: 'Lead: take the path from the mask, all along',
      group: 'Correct',
      also: 'follow trace again',
      enabled: hasLead,
      run: () => editor.take('path'),
    },
    {
      id: 'pen-pressure',
      title: 'Pen pressure changes the brush',
      group: 'Correct',
      also: 'tablet stylus width',
      run: () => (editor.penPressure = !editor.penPressure),
    },
    {
      id: 'undo',
      title: 'Undo',
      group: 'Correct',
      keys: ['Ctrl+Z'],
      enabled: hasPage,
      run: guarded('Nothing was undone', () => editor.undo()),
    },
    {
      id: 'redo',
      title: 'Redo',
      group: 'Correct',
      keys: ['Ctrl+Shift+Z', 'Ctrl+Y'],
      enabled: hasPage,
      run: guarded('Nothing was done again', () => editor.redo()),
    },
    {
      id: 'span-bridge',
      title: 'Marked stretch: bridge',
      group: 'Correct',
      keys: ['Shift+B'],
      enabled: hasSpan,
      run: () => editor.actOnSpan('bridge'),
    },
    {
      id: 'span-blank',
      title: 'Marked stretch: not printed; or remove the lead or region',
      group: 'Correct',
      keys: ['Delete'],
      also: 'blank gap',
      enabled: () =>
        hasSpan() || regions.selected !== null || (editor.tool === 'lead' && editor.activeCell !== null),
      run: () => {
        if (hasSpan()) editor.actOnSpan('blank');
        else if (regions.selected !== null) regions.drop();
        else editor.dropActive();
      },
    },
    {
      id: 'span-retrace',
      title: 'Marked stretch: follow the ink anew',
      group: 'Correct',
      keys: ['Shift+R'],
      enabled: hasSpan,
      run: () => editor.actOnSpan('retrace'),
    },
    {
      id: 'span-machine',
      title: 'Marked stretch: as the machine traced it',
      group: 'Correct',
      keys: ['Shift+Delete'],
      also: 'revert reset',
      enabled: hasSpan,
      run: () => editor.actOnSpan('machine'),
    },
    {
      id: 'lead-next',
      title: 'Next lead',
      group: 'Correct',
      keys: ['.'],
      enabled: hasPage,
      run: stepLead(1),
    },
    {
      id: 'lead-previous',
      title: 'Previous lead',
      group: 'Correct',
      keys: [','],
      enabled: hasPage,
      run: stepLead(-1),
    },
    ...LEAD_NAMES.map((lead, i): Command => ({
      id: `lead-${lead}`,
      title: `Work on lead ${lead}`,
      group: 'Correct',
      keys: [LEAD_KEYS[i]!],
      enabled: hasPage,
      run: () => activate(cells().find((cell) => cell.lead === lead)),
    })),
  ];
}
