/** What part of a map is shown: its middle, 0..1 both ways, and how many times it is larger than the frame. */
export interface MapView {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** Size of the frame, pixels. */
export interface Frame {
  readonly width: number;
  readonly height: number;
}

export const WHOLE: MapView = { x: 0.5, y: 0.5, zoom: 1 };
const MOST_ZOOM = 24;
/** Room kept around the outermost pages, so that their pictures fit; pixels. */
const MARGIN_PX = 52;

/** Where a place of the map lies in the frame, pixels. */
export function toFrame(
  place: { readonly x: number; readonly y: number },
  view: MapView,
  { width, height }: Frame,
): { x: number; y: number } {
  return {
    x: width / 2 + (place.x - view.x) * view.zoom * (width - 2 * MARGIN_PX),
    y: height / 2 + (place.y - view.y) * view.zoom * (height - 2 * MARGIN_PX),
  };
}

/** The view moved by pixels of the frame; the map stays in sight. */
export function moveView(view: MapView, dx: number, dy: number, { width, height }: Frame): MapView {
  return inSight({
    ...view,
    x: view.x - dx / view.zoom / (width - 2 * MARGIN_PX),
    y: view.y - dy / view.zoom / (height - 2 * MARGIN_PX),
  });
}

/** The view `factor` times as near, the point under the cursor standing still. */
export function zoomView(view: MapView, factor: number, at: { x: number; y: number }, frame: Frame): MapView {
  const zoom = Math.min(MOST_ZOOM, Math.max(1, view.zoom * factor));
  const gain = 1 / view.zoom - 1 / zoom;
  return inSight({
    zoom,
    x: view.x + ((at.x - frame.width / 2) * gain) / (frame.width - 2 * MARGIN_PX),
    y: view.y + ((at.y - frame.height / 2) * gain) / (frame.height - 2 * MARGIN_PX),
  });
}

function inSight({ x, y, zoom }: MapView): MapView {
  const reach = 0.5 / zoom;
  const keep = (at: number) => Math.min(1 - reach, Math.max(reach, at));
  return { x: keep(x), y: keep(y), zoom };
}

/**
 * Which places get a picture: in the order of `order`, those whose picture lies inside the frame and over no other picture.
 *
 * @param places in the frame, pixels
 * @param size of a picture, pixels
 */
export function picturePlaces(
  places: readonly { readonly x: number; readonly y: number }[],
  order: readonly number[],
  frame: Frame,
  size: Frame,
): number[] {
  // One cell of this grid holds the middle of one picture at most.
  const taken = new Map<string, number>();
  const shown: number[] = [];
  for (const k of order) {
    const { x, y } = places[k]!;
    if (x < size.width / 2 || y < size.height / 2) continue;
    if (x > frame.width - size.width / 2 || y > frame.height - size.height / 2) continue;
    const [column, row] = [Math.floor(x / size.width), Math.floor(y / size.height)];
    let free = true;
    for (let j = row - 1; j <= row + 1 && free; j++) {
      for (let i = column - 1; i <= column + 1 && free; i++) {
        const other = taken.get(`${i} ${j}`);
        if (other === undefined) continue;
        const { x: ox, y: oy } = places[other]!;
        free = Math.abs(ox - x) >= size.width || Math.abs(oy - y) >= size.height;
      }
    }
    if (!free) continue;
    taken.set(`${column} ${row}`, k);
    shown.push(k);
  }
  return shown;
}
