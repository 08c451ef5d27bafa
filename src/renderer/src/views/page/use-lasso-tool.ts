import { shallowRef, type ShallowRef } from 'vue';
import { insidePolygon, type Points } from '../../canvas/polygon.ts';
import { usePartLook } from '../../stores/part-look-store.ts';
import { useRegions } from '../../stores/region-store.ts';
import {
  enclosesArea,
  extendLasso,
  lassoOutline,
  startLasso,
  type Lasso,
} from '../../tools/lasso-gesture.ts';
import type { HeldTool } from './held-tool.ts';

/** How far apart the points of a lasso are, and how large an outline is at least, CSS pixels. */
const STEP_PX = 4;
const LEAST_PX = 6;

/**
 * An outline about a part of the page, and a click to select one that is there.
 *
 * @param scale - CSS pixels per image pixel
 * @param onOutline - what is done with a new one, image pixels
 */
export function useLassoTool(
  scale: () => number,
  onOutline: (outline: Points) => void,
): HeldTool & { readonly outline: ShallowRef<Points | null> } {
  const regions = useRegions();
  const looks = usePartLook();
  const outline = shallowRef<Points | null>(null);
  let lasso: Lasso | null = null;

  return {
    outline,
    down(_editor, u, v, { shift }) {
      const other = regions.shape === 'box' ? 'lasso' : 'box';
      lasso = startLasso(shift ? other : regions.shape, [u, v]);
    },
    move(_editor, u, v) {
      if (!lasso) return;
      lasso = extendLasso(lasso, [u, v], STEP_PX / scale());
      outline.value = lassoOutline(lasso);
    },
    up() {
      const done = lasso;
      lasso = null;
      outline.value = null;
      if (!done) return;
      if (enclosesArea(done, LEAST_PX / scale())) return onOutline(lassoOutline(done));
      const [u, v] = done.points[0]!;
      regions.selected = regions.list.findLast(({ points }) => insidePolygon(points, u, v))?.id ?? null;
    },
    cancel() {
      lasso = null;
      outline.value = null;
    },
    letGo() {
      if (looks.running) {
        looks.stop();
        return true;
      }
      if (regions.selected === null) return false;
      regions.selected = null;
      return true;
    },
  };
}
