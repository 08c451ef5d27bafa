/**
 * Where the image sits in the page view: a point (u, v) in image pixels appears at CSS pixel
 * (`x + u * scale`, `y + v * scale`) from the view's top-left corner.
 */
export interface Viewport {
  /** CSS pixels per image pixel. */
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Smallest and largest zoom, CSS pixels per image pixel. */
export const MIN_SCALE = 0.02;
export const MAX_SCALE = 16;

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** CSS pixels at the view's edges that tools and readouts lie over; in a low view the tools stand in two columns. */
export const COVERED = { left: 64, top: 24, right: 24, bottom: 48 };

/** Height of the view up to which the tools stand in two columns (see `EditBar`), and the width of one, CSS pixels. */
const TWO_COLUMNS_PX = 480;
const TOOL_COLUMN_PX = 30;

/**
 * View that shows the whole image, centred, with `margin` CSS pixels around it; never larger than 4x. An image that would
 * lie under the tools at the left is centred beside them.
 */
export function fitViewport(view: Size, image: Size, margin = 24): Viewport {
  const within = (left: number): Viewport => {
    const width = view.width - left - margin;
    const scale = clamp(
      Math.min(width / image.width, (view.height - 2 * margin) / image.height),
      MIN_SCALE,
      4,
    );
    return {
      scale,
      x: left + (width - image.width * scale) / 2,
      y: (view.height - image.height * scale) / 2,
    };
  };
  const left = view.height > TWO_COLUMNS_PX ? COVERED.left : COVERED.left + TOOL_COLUMN_PX;
  const centred = within(margin);
  return centred.x < left ? within(left) : centred;
}

/** View that centres a box of image pixels and lets it fill `share` of the view. */
export function focusViewport(
  view: Size,
  box: { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number },
  share = 0.85,
): Viewport {
  const width = Math.max(1, box.x1 - box.x0);
  const height = Math.max(1, box.y1 - box.y0);
  const scale = clamp(Math.min((view.width * share) / width, (view.height * share) / height), MIN_SCALE, 4);
  return {
    scale,
    x: view.width / 2 - ((box.x0 + box.x1) / 2) * scale,
    y: view.height / 2 - ((box.y0 + box.y1) / 2) * scale,
  };
}

/** Scales by `factor` about the CSS point (px, py), which keeps showing the same image pixel. */
export function zoomAt(viewport: Viewport, px: number, py: number, factor: number): Viewport {
  const scale = clamp(viewport.scale * factor, MIN_SCALE, MAX_SCALE);
  const ratio = scale / viewport.scale;
  return { scale, x: px - (px - viewport.x) * ratio, y: py - (py - viewport.y) * ratio };
}

/** Moves the image by (dx, dy) CSS pixels. */
export function panBy(viewport: Viewport, dx: number, dy: number): Viewport {
  return { scale: viewport.scale, x: viewport.x + dx, y: viewport.y + dy };
}

/** Moves the image as little as it takes to bring a box of image pixels out into the open; its upper left where it is larger. */
export function revealBox(
  viewport: Viewport,
  view: Size,
  box: { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number },
): Viewport {
  const way = (low: number, high: number, from: number, to: number): number => {
    if (low < from || high - low > to - from) return from - low;
    return high > to ? to - high : 0;
  };
  const [x0, y0] = toScreen(viewport, box.x0, box.y0);
  const [x1, y1] = toScreen(viewport, box.x1, box.y1);
  return panBy(
    viewport,
    way(x0, x1, COVERED.left, view.width - COVERED.right),
    way(y0, y1, COVERED.top, view.height - COVERED.bottom),
  );
}

/** Keeps at least `keep` CSS pixels of the image inside the view so that it cannot get lost. */
export function containViewport(viewport: Viewport, view: Size, image: Size, keep = 80): Viewport {
  const width = image.width * viewport.scale;
  const height = image.height * viewport.scale;
  return {
    scale: viewport.scale,
    x: clamp(viewport.x, Math.min(keep, view.width) - width, view.width - Math.min(keep, width)),
    y: clamp(viewport.y, Math.min(keep, view.height) - height, view.height - Math.min(keep, height)),
  };
}

/** Image pixel under the CSS point (px, py). */
export function toImage(viewport: Viewport, px: number, py: number): [number, number] {
  return [(px - viewport.x) / viewport.scale, (py - viewport.y) / viewport.scale];
}

/** CSS point of the image pixel (u, v). */
export function toScreen(viewport: Viewport, u: number, v: number): [number, number] {
  return [viewport.x + u * viewport.scale, viewport.y + v * viewport.scale];
}

/** Zoom factor of a wheel event: about 1.2 per notch, smooth on touch pads. */
export function wheelFactor(deltaY: number, deltaMode: number): number {
  const pixels = deltaMode === 1 ? deltaY * 33 : deltaMode === 2 ? deltaY * 400 : deltaY;
  return Math.exp(-clamp(pixels, -300, 300) * 0.0019);
}
