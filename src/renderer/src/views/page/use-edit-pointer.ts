import { computed, ref, shallowRef, watch, type ComputedRef } from 'vue';
import { startStroke, type BrushStroke } from '../../../../core/edit/brush-stroke.ts';
import type { PageEditor } from '../../../../core/edit/page-editor.ts';
import { dragPin, pinAt, removePin, type PinDrag } from '../../../../core/edit/pin-drag.ts';
import { canonicalToImage, imageToCanonical } from '../../../../core/page/warp-map.ts';
import { toTracePath } from '../../../../core/edit/edited-path.ts';
import { editedSignal } from '../../../../core/edit/apply-edits.ts';
import { NO_EDIT_MARKS, type EditMarks } from '../../canvas/paint-edit.ts';
import { insidePolygon } from '../../canvas/polygon.ts';
import { nearestTrace } from '../../canvas/trace-geometry.ts';
import { editedTraceView, signalView } from '../../services/edit-view.ts';
import { useLayerLocks } from '../../stores/layer-locks.ts';
import { useEditor } from '../../stores/editor-store.ts';
import { useLeadTool } from './use-lead-tool.ts';
import type { HeldTool } from './held-tool.ts';
import { useLassoTool } from './use-lasso-tool.ts';
import { usePartLook } from '../../stores/part-look-store.ts';
import { useRegions } from '../../stores/region-store.ts';
import { useLineTool } from './use-line-tool.ts';
import { useWandTool } from './use-wand-tool.ts';
import type { EditTool } from '../../tools/edit-tool.ts';
import { useGridTool } from '../../stores/grid-tool-store.ts';
import { useTextTool } from '../../stores/text-tool-store.ts';
import { usePageLook } from '../../stores/page-look-store.ts';
import { usePage } from '../../stores/page-store.ts';
import {
  EDIT_IDLE,
  editGesture,
  type EditGestureCommand,
  type EditGestureEvent,
  type EditGestureState,
} from '../../tools/edit-gesture.ts';
import { toolLayers } from '../../tools/tool-layers.ts';

/** How near to a trace or a pin the pointer counts as on it, CSS pixels. */
const TRACE_REACH_PX = 40;
const PIN_REACH_PX = 10;
/** Share of the brush that a pen paints with when it hardly touches. */
const LIGHTEST = 0.25;

export interface EditPointer {
  /** What the tools show over the page. */
  readonly marks: ComputedRef<EditMarks>;
  /** Whether the pointer is at work: the view keeps its hands off. */
  readonly busy: ComputedRef<boolean>;
  /** Whether something begun waits for more clicks: the linked cursor does not follow meanwhile. */
  readonly waiting: ComputedRef<boolean>;
  /** A pointer event, in CSS pixels of the view and in image pixels. */
  handle(event: Omit<EditGestureEvent, 'tool'>, u: number, v: number): EditGestureCommand[];
  leave(): void;
}

/**
 * Lets the pointer work with the correcting tools.
 *
 * @param scale CSS pixels per image pixel
 * @param onTiles tiles of a lead's mask that a brush changed
 */
export function useEditPointer(
  scale: () => number,
  onTiles: (cellId: string, names: Iterable<string>) => void,
): EditPointer {
  const page = usePage();
  const store = useEditor();
  const seen = usePageLook();
  const grid = useGridTool();
  const text = useTextTool();
  const locks = useLayerLocks();
  const leads = useLeadTool((editor) => 1 / scale() / imagePxPerCanonical(editor));
  const line = useLineTool(target, scale);
  const regions = useRegions();
  const looks = usePartLook();
  const region = useLassoTool(scale, (outline) => regions.add(outline));
  const model = useLassoTool(scale, (outline) => void looks.look(outline));
  const tools: Partial<Record<EditTool, HeldTool>> = {
    wand: useWandTool(target, onTiles),
    line,
    region,
    model,
  };
  const held = (): HeldTool | undefined => tools[store.tool];
  const gesture = shallowRef<EditGestureState>(EDIT_IDLE);
  const at = shallowRef<readonly [number, number] | null>(null);
  const grip = shallowRef<{ readonly cellId: string; readonly x: number; readonly y: number } | null>(null);
  const erasing = ref(false);
  let pin: PinDrag | null = null;
  let stroke: BrushStroke | null = null;
  let lastStroke: readonly [number, number] | null = null;

  /** The lead that a tool works on at an image point. */
  function target(u: number, v: number): string | null {
    const { bundle } = page;
    if (!bundle) return null;
    if (store.activeCell && bundle.detail.cells.some(({ id }) => id === store.activeCell))
      return store.activeCell;
    const near = nearestTrace(bundle.traces, u, v, TRACE_REACH_PX / scale());
    if (near && !locks.isLocked('traces')) return near.cellId;
    if (locks.isLocked('boxes')) return null;
    const inside = bundle.detail.cells.filter(({ id, outline }) =>
      insidePolygon(bundle.outlines.get(id) ?? outline, u, v),
    );
    return inside[0]?.id ?? null;
  }

  function canonical(editor: PageEditor, u: number, v: number): [number, number] {
    return imageToCanonical(editor.ground.rectification.warp, u, v);
  }

  /** The pin under an image point, of the active lead or any. */
  function pinUnder(editor: PageEditor, u: number, v: number): { cellId: string; index: number } | null {
    const [x, y] = canonical(editor, u, v);
    const reach = PIN_REACH_PX / scale() / imagePxPerCanonical(editor);
    for (const { id } of editor.layout().cells) {
      if (store.activeCell && store.activeCell !== id) continue;
      const index = pinAt(editor.pins(id), x, y, reach);
      if (index !== null) return { cellId: id, index };
    }
    return null;
  }

  function showPin(editor: PageEditor, u: number, v: number): void {
    if (!pin) return;
    const preview = pin.move(...canonical(editor, u, v));
    const signal = editedSignal(editor.base, editor.layout(), toTracePath(preview.path), editor.documents)[0];
    store.live = {
      cellId: pin.cellId,
      trace: editedTraceView(editor, preview.path),
      signal: signal ? signalView(signal) : null,
    };
    const [x, y] = canonicalToImage(editor.ground.rectification.warp, ...preview.pin);
    grip.value = { cellId: pin.cellId, x, y };
  }

  function setTo(editor: PageEditor, u: number, v: number): void {
    const there = pinUnder(editor, u, v);
    const cellId = there?.cellId ?? target(u, v);
    if (!cellId) return;
    pin = dragPin(editor, cellId, ...canonical(editor, u, v), there?.index ?? null);
    showPin(editor, u, v);
  }

  function abort(): void {
    if (stroke) onTiles(stroke.cellId, stroke.cancel());
    stroke = null;
    pin = null;
    grip.value = null;
    store.live = null;
    store.span = null;
    grid.cancel();
    leads.cancel();
    for (const tool of Object.values(tools)) tool.cancel();
    text.cancel();
  }

  function paintTo(u: number, v: number, pressure: number | null): void {
    if (stroke) onTiles(stroke.cellId, stroke.extend(u, v, brushShare(pressure)));
    lastStroke = [u, v];
  }

  /** How much of the brush a pen that is pressed so hard paints with. */
  function brushShare(pressure: number | null): number {
    return pressure === null || !store.penPressure ? 1 : LIGHTEST + (1 - LIGHTEST) * pressure;
  }

  /** The moment of a lead nearest to an image point. */
  function secondsOn(cellId: string, u: number, v: number): number | null {
    const trace = page.bundle?.traces.find((candidate) => candidate.cellId === cellId);
    const editor = store.editor;
    if (!trace || !editor) return null;
    const cell = editor.cell(cellId);
    const [x] = canonical(editor, u, v);
    const seconds =
      cell.startSeconds + ((x - cell.x0) * (cell.endSeconds - cell.startSeconds)) / (cell.x1 - cell.x0);
    return Math.max(cell.startSeconds, Math.min(cell.endSeconds, seconds));
  }

  function spanTo(u: number, v: number): void {
    const { span } = store;
    const seconds = span && secondsOn(span.cellId, u, v);
    if (!span || seconds === null) return;
    store.span = { ...span, endSeconds: seconds };
  }

  /** The grid is corrected on the picture itself: it waits for no ink. */
  function obeyGrid(command: EditGestureCommand, u: number, v: number): void {
    if (command.do === 'grid-down') grid.down(u, v, scale());
    else if (command.do === 'grid-move') grid.move(u, v);
    else if (command.do === 'grid-up') grid.up();
    else if (command.do === 'abort') grid.cancel();
  }

  /** A new box about print. */
  function obeyText(command: EditGestureCommand, u: number, v: number): void {
    if (command.do === 'box-down') text.begin(u, v);
    else if (command.do === 'box-move') text.stretchTo(u, v);
    else if (command.do === 'box-up') text.finish();
    else if (command.do === 'abort') text.cancel();
  }

  function obey(command: EditGestureCommand, editor: PageEditor, u: number, v: number): void {
    switch (command.do) {
      case 'pin-down':
        return setTo(editor, u, v);
      case 'pin-move':
        return showPin(editor, u, v);
      case 'pin-up': {
        const done = pin;
        pin = null;
        grip.value = null;
        if (done) store.commit('pin', `Pin on ${editor.cell(done.cellId).lead}`, done.finish());
        return;
      }
      case 'pin-remove': {
        const there = pinUnder(editor, u, v);
        if (!there) return;
        const words = `Remove a pin of ${editor.cell(there.cellId).lead}`;
        return store.commit('pin', words, removePin(editor, there.cellId, there.index));
      }
      case 'stroke-down': {
        const cellId = target(u, v);
        if (!cellId) return;
        erasing.value = command.erase;
        stroke = startStroke(editor, cellId, {
          mode: command.erase ? 'erase' : 'paint',
          radiusPx: (command.erase ? store.eraserPx : store.brushPx) / 2,
          onInk: store.onInk,
          seen: seen.look,
        });
        if (command.line && lastStroke) paintTo(...lastStroke, command.pressure);
        return paintTo(u, v, command.pressure);
      }
      case 'stroke-move':
        return paintTo(u, v, command.pressure);
      case 'stroke-up': {
        const done = stroke;
        stroke = null;
        if (!done) return;
        const words = `${erasing.value ? 'Erase from' : 'Paint on'} ${editor.cell(done.cellId).lead}`;
        return store.commit(erasing.value ? 'erase' : 'brush', words, done.finish());
      }
      case 'span-down': {
        const cellId = target(u, v);
        const seconds = cellId && secondsOn(cellId, u, v);
        store.span =
          cellId && typeof seconds === 'number'
            ? { cellId, startSeconds: seconds, endSeconds: seconds }
            : null;
        return;
      }
      case 'span-move':
        return spanTo(u, v);
      case 'span-up': {
        spanTo(u, v);
        const { span } = store;
        if (!span) return;
        const [from, to] = [span.startSeconds, span.endSeconds].sort((a, b) => a - b) as [number, number];
        store.span = to - from < 0.01 ? null : { ...span, startSeconds: from, endSeconds: to };
        return;
      }
      case 'box-down':
        return leads.down(editor, ...canonical(editor, u, v), command.alt);
      case 'box-move':
        return leads.move(editor, ...canonical(editor, u, v), command.alt);
      case 'box-up':
        return leads.up(editor);
      case 'use-down':
        return held()?.down(editor, u, v, command);
      case 'use-move':
        return held()?.move(editor, u, v, command.x, command.y);
      case 'use-up':
        return held()?.up(editor);
      case 'abort':
        return abort();
      default:
        return;
    }
  }

  const marks = computed<EditMarks>(() => {
    const { editor, tool, live, span, version } = store;
    const { bundle } = page;
    if (tool === 'grid') {
      const { lines, drag, frame, handles } = grid;
      return { ...NO_EDIT_MARKS, grid: { lines, drag, frame: frame?.corners ?? null, handles } };
    }
    const outlines = (bundle?.detail.regions ?? []).map(({ id, kind, points }) => {
      return { kind, points, selected: id === regions.selected };
    });
    if (!editor || !bundle || version < 0) return { ...NO_EDIT_MARKS, regions: outlines };
    const { warp } = editor.ground.rectification;
    const lead = (cellId: string) => editor.cell(cellId).lead;
    const pins =
      tool === 'pin'
        ? editor.layout().cells.flatMap(({ id, lead }) =>
            editor.pins(id).map((point) => {
              const [x, y] = canonicalToImage(warp, ...point);
              return { lead, x, y, held: false };
            }),
          )
        : [];
    const taken = grip.value;
    if (taken) pins.push({ lead: lead(taken.cellId), x: taken.x, y: taken.y, held: true });
    const painting = tool === 'brush' || tool === 'erase' || tool === 'line';
    const erase =
      gesture.value.kind === 'painting'
        ? erasing.value
        : tool === 'erase' || line.drawn.value?.erase === true;
    const ringPx = tool === 'line' || !erase ? store.brushPx : store.eraserPx;
    const spanTrace = span && bundle.traces.find(({ cellId }) => cellId === span.cellId);
    const drawn = line.drawn.value;
    return {
      line: drawn && {
        lead: lead(drawn.cellId),
        points: drawn.head ? [...drawn.points, drawn.head] : drawn.points,
        corners: drawn.points,
        widthPx: store.brushPx,
        erase: drawn.erase,
      },
      grid: null,
      regions: outlines,
      box:
        leads.outline.value ?? region.outline.value ?? model.outline.value ?? looks.running?.points ?? null,
      guides: tool === 'lead' ? leads.guides.value : null,
      live: live && { lead: lead(live.cellId), trace: live.trace },
      pins,
      ring:
        painting && at.value
          ? {
              x: at.value[0],
              y: at.value[1],
              radius: ringPx / 2,
              erase,
            }
          : null,
      span:
        span && spanTrace
          ? {
              trace: spanTrace,
              startSeconds: Math.min(span.startSeconds, span.endSeconds),
              endSeconds: Math.max(span.startSeconds, span.endSeconds),
            }
          : null,
    };
  });

  watch(
    () => [store.tool, page.id],
    () => {
      gesture.value = EDIT_IDLE;
      abort();
    },
  );

  store.abortGesture = () => {
    if (gesture.value.kind === 'idle' && !held()?.waiting?.()) return held()?.letGo?.() ?? false;
    gesture.value = EDIT_IDLE;
    abort();
    return true;
  };

  watch([() => gesture.value.kind === 'using', () => held()?.waiting?.() ?? false], ([using, waiting]) => {
    const keep = (): void => {
      const tool = held();
      gesture.value = EDIT_IDLE;
      if (store.editor) (waiting ? tool?.keep : tool?.up)?.(store.editor);
    };
    store.keepGesture = using || waiting ? keep : null;
    store.backGesture = waiting ? () => held()?.back?.() : null;
  });

  return {
    marks,
    waiting: computed(() => held()?.waiting?.() ?? false),
    busy: computed(() => gesture.value.kind !== 'idle'),
    handle(event, u, v) {
      const { tool, editor } = store;
      if (tool === 'select') return [];
      const [next, commands] = editGesture(gesture.value, { ...event, tool });
      const begins = event.type === 'down' && commands.length > 0;
      if (begins && locks.refuse(toolLayers(tool))) return [];
      gesture.value = next;
      at.value = [u, v];
      for (const command of commands) {
        if (tool === 'grid') obeyGrid(command, u, v);
        else if (tool === 'text') obeyText(command, u, v);
        else if (editor) obey(command, editor, u, v);
        if (command.do === 'hover') held()?.hover?.(u, v);
      }
      return [...commands];
    },
    leave() {
      at.value = null;
    },
  };
}

function imagePxPerCanonical(editor: PageEditor): number {
  const { pxPerMmX, canonicalPxPerMm } = editor.ground.rectification;
  return pxPerMmX / canonicalPxPerMm;
}
