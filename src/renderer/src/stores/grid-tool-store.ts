import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import {
  bendPoints,
  HANDLE_REACH_MM,
  type GridFrame,
  type GridHandle,
} from '../../../core/grid/bend-mesh.ts';
import type { Points } from '../canvas/polygon.ts';
import { useLayerLocks } from './layer-locks.ts';
import { usePage } from './page-store.ts';
import { useToasts } from './toast-store.ts';

/** How near to a crossing or a corner the pointer takes hold of it, CSS pixels. */
const REACH_PX = 24;
/** A crossing this near to where it was dragged is the same, image pixels. */
const SAME_PX = 3;
/** So near to where it was found a dragged crossing goes back for good, CSS pixels. */
const BACK_PX = 4;

/** Correcting the grid: crossings dragged to where they lie, or four points of known paper. */
export const useGridTool = defineStore('grid-tool', () => {
  const page = usePage();
  const toasts = useToasts();
  const locks = useLayerLocks();
  const mode = ref<'handles' | 'frame'>('handles');
  const drag = shallowRef<GridHandle | null>(null);
  const frame = shallowRef<GridFrame | null>(null);
  let corner: number | null = null;
  /** What was said before of the crossing that is dragged: it is said anew rather than bent back. */
  let before: GridHandle | null = null;
  let backPx = 0;

  const handles = computed<readonly GridHandle[]>(() => page.bundle?.detail.overrides.gridHandles ?? []);
  const stated = computed(() => handles.value.length > 0 || Boolean(page.bundle?.detail.overrides.frame));

  /** The grid's lines as they would lie; as they are where nothing is dragged. */
  const lines = computed<readonly Points[] | null>(() => {
    const detail = page.bundle?.detail;
    const held = drag.value;
    if (!detail?.facts || !held) return null;
    const { pxPerMmX, pxPerMmY } = detail.facts;
    const fixed = handles.value.map(({ toX, toY }) => ({ x: toX, y: toY, toX, toY }));
    return detail.gridLines.map((line) => {
      const xs = Float64Array.from(line, ([x]) => x);
      const ys = Float64Array.from(line, ([, y]) => y);
      bendPoints(xs, ys, [...fixed, held], (HANDLE_REACH_MM * (pxPerMmX + pxPerMmY)) / 2);
      return line.map((_, i): [number, number] => [xs[i]!, ys[i]!]);
    });
  });

  /** A frame to begin with: large boxes in the middle of the page, at the scale that was found. */
  function firstFrame(): GridFrame | null {
    const detail = page.bundle?.detail;
    if (!detail?.width || !detail.height) return null;
    const known = detail.overrides.frame;
    if (known) return known;
    const pxPerMm = detail.facts?.pxPerMmX ?? detail.width / 270;
    const boxes = (px: number): number => Math.max(20, Math.round((0.7 * px) / pxPerMm / 25) * 25);
    const widthMm = boxes(detail.width);
    const heightMm = boxes(detail.height);
    const x0 = (detail.width - widthMm * pxPerMm) / 2;
    const y0 = (detail.height - heightMm * pxPerMm) / 2;
    const x1 = detail.width - x0;
    const y1 = detail.height - y0;
    return {
      corners: [
        [x0, y0],
        [x1, y0],
        [x1, y1],
        [x0, y1],
      ],
      widthMm,
      heightMm,
    };
  }

  function choose(next: 'handles' | 'frame'): void {
    mode.value = next;
    frame.value = next === 'frame' ? firstFrame() : null;
  }

  /** Takes hold of the crossing or the corner near an image point. */
  function down(u: number, v: number, scale: number): void {
    const reach = REACH_PX / scale;
    const detail = page.bundle?.detail;
    if (!detail) return;
    if (mode.value === 'frame') {
      const found = frame.value?.corners.findIndex(([x, y]) => Math.hypot(x - u, y - v) <= reach) ?? -1;
      corner = found < 0 ? null : found;
      return;
    }
    let best: readonly [number, number] | null = null;
    let least = reach;
    for (const line of detail.gridLines) {
      for (const [x, y] of line) {
        const distance = Math.hypot(x - u, y - v);
        if (distance < least) [best, least] = [[x, y], distance];
      }
    }
    if (!best) return;
    const [x, y] = best;
    before = handles.value.find(({ toX, toY }) => Math.hypot(toX - x, toY - y) < SAME_PX) ?? null;
    backPx = BACK_PX / scale;
    drag.value = { x, y, toX: x, toY: y };
  }

  function move(u: number, v: number): void {
    if (drag.value) drag.value = { ...drag.value, toX: u, toY: v };
    if (corner !== null && frame.value) {
      const corners = frame.value.corners.map((old, i): readonly [number, number] =>
        i === corner ? [u, v] : old,
      );
      frame.value = { ...frame.value, corners };
    }
  }

  function up(): void {
    corner = null;
    const held = drag.value;
    if (!held) return;
    const far = Math.hypot(held.toX - held.x, held.toY - held.y) >= 0.5;
    if (!far) return void (drag.value = null);
    const moved = before ? { ...before, toX: held.toX, toY: held.toY } : held;
    const isBack = before !== null && Math.hypot(moved.toX - moved.x, moved.toY - moved.y) < backPx;
    const others = handles.value.filter((handle) => handle !== before);
    state({ gridHandles: isBack ? others : [...others, moved] });
  }

  function cancel(): void {
    drag.value = null;
    corner = null;
  }

  function state(change: Parameters<typeof page.override>[0]): void {
    if (locks.refuse(['grid'])) return void (drag.value = null);
    page.override(change).catch((thrown: unknown) => {
      drag.value = null;
      toasts.fail('The grid was not changed', thrown, () => state(change));
    });
  }

  /** Reads the page by the four points. */
  function applyFrame(): void {
    const { value } = frame;
    if (!value) return;
    const corners = value.corners.map(([x, y]): [number, number] => [x, y]);
    state({ frame: { ...value, corners }, gridHandles: null });
  }

  /** Back to the grid that is found. */
  function reset(): void {
    state({ frame: null, gridHandles: null });
    frame.value = null;
    mode.value = 'handles';
  }

  // The dragged lines stay until the page comes back with them.
  watch(
    () => page.loads,
    () => (drag.value = null),
  );
  watch(
    () => page.id,
    () => {
      cancel();
      mode.value = 'handles';
      frame.value = null;
    },
  );

  return { mode, drag, frame, lines, handles, stated, choose, down, move, up, cancel, applyFrame, reset };
});
