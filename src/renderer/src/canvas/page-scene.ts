import { Layer } from 'konva/lib/Layer.js';
import { Shape } from 'konva/lib/Shape.js';
import { Stage } from 'konva/lib/Stage.js';
import { Image as Picture } from 'konva/lib/shapes/Image.js';
import { Rect } from 'konva/lib/shapes/Rect.js';
import { paintBoxes, paintGrid, paintPulses, paintText, paintTraces } from './paint-overlays.ts';
import { paintComparison, type ComparisonModel } from './paint-comparison.ts';
import { createMaskPainter, type MaskPainter, type PaintedMask } from './mask-painter.ts';
import { NO_EDIT_MARKS, paintEdit, type EditMarks } from './paint-edit.ts';
import { paintCursor, type CursorMarks } from './paint-cursor.ts';
import type { ReduceLevel } from './reduce-level.ts';
import type { SceneModel, SceneStyle } from './scene-model.ts';
import type { Size, Viewport } from './viewport.ts';

/** CSS pixels drawn beyond each edge, so that panning can move the finished picture before it is drawn anew. */
const MARGIN = 128;
const SETTLE_MS = 90;

/** The drawn page. All methods are cheap; drawing happens once per animation frame. */
export interface PageScene {
  resize(size: Size): void;
  setModel(model: SceneModel | null): void;
  /** Two readings in the place of the traces; null for none. */
  setComparison(model: ComparisonModel | null): void;
  setBitmap(bitmap: ImageBitmap | null, level: ReduceLevel): void;
  setStyle(style: SceneStyle): void;
  setCursor(marks: CursorMarks): void;
  /** Masks to show, from the bottom up. */
  setMasks(masks: readonly PaintedMask[]): void;
  /** Tiles of a mask changed; all of them when `names` is absent. */
  repaintMask(cellId: string, names?: Iterable<string>): void;
  setEdit(marks: EditMarks): void;
  /** Moves or scales the view. A pure move shifts the drawn picture (0.1 ms); it is drawn anew when it settles. */
  setViewport(viewport: Viewport): void;
  destroy(): void;
}

/** Makes the Konva stage of the page view inside `container`: image, masks, overlays and cursor on four layers. */
export function createPageScene(container: HTMLDivElement): PageScene {
  const stage = new Stage({ container, width: 1, height: 1, listening: false });
  const imageLayer = new Layer({ listening: false });
  const overlayLayer = new Layer({ listening: false });
  const maskLayer = new Layer({ listening: false });
  const cursorLayer = new Layer({ listening: false });
  stage.add(imageLayer, maskLayer, overlayLayer, cursorLayer);
  stage.content.style.position = 'absolute';
  stage.content.style.left = stage.content.style.top = `${-MARGIN}px`;

  let model: SceneModel | null = null;
  let comparison: ComparisonModel | null = null;
  let style: SceneStyle | null = null;
  const painter: MaskPainter = createMaskPainter();
  let masks: readonly PaintedMask[] = [];
  let edit: EditMarks = NO_EDIT_MARKS;
  let marks: CursorMarks = { cellId: null, seconds: null, measure: null };
  let viewport: Viewport = { scale: 1, x: 0, y: 0 };
  let drawn: Viewport = viewport;
  let level: ReduceLevel = 1;
  let settle: ReturnType<typeof setTimeout> | undefined;

  const picture = new Picture({ image: undefined, listening: false });
  const backdrop = new Rect({
    listening: false,
    fill: '#ffffff',
    shadowColor: '#000000',
    shadowBlur: 18,
    shadowOpacity: 0.22,
    shadowOffsetY: 3,
  });
  imageLayer.add(backdrop, picture);

  const overlay = new Shape({
    listening: false,
    sceneFunc: ({ _context }) => {
      if (!model || !style || style.peeking) return;
      const { layers } = style;
      const { scale } = drawn;
      const paint = (opacity: number, work: () => void): void => {
        _context.save();
        _context.globalAlpha = opacity;
        work();
        _context.restore();
      };
      const scene = model;
      const now = style;
      if (layers.grid.visible) paint(layers.grid.opacity, () => paintGrid(_context, scene, scale));
      if (layers.boxes.visible) paint(layers.boxes.opacity, () => paintBoxes(_context, scene, now, scale));
      if (layers.pulses.visible) paint(layers.pulses.opacity, () => paintPulses(_context, scene, scale));
      if (layers.text.visible) paint(layers.text.opacity, () => paintText(_context, scene, scale));
      if (comparison) return paintComparison(_context, comparison, scale);
      if (layers.traces.visible) paint(layers.traces.opacity, () => paintTraces(_context, scene, now, scale));
    },
  });
  overlayLayer.add(overlay);

  const maskShape = new Shape({
    listening: false,
    sceneFunc: ({ _context }) => {
      if (masks.length === 0 || style?.peeking) return;
      const { scale, x, y } = drawn;
      const x0 = -(x + MARGIN) / scale;
      const y0 = -(y + MARGIN) / scale;
      const box = { x0, y0, x1: x0 + stage.width() / scale, y1: y0 + stage.height() / scale };
      painter.paint(_context, masks, box);
    },
  });
  maskLayer.add(maskShape);

  const cursor = new Shape({
    listening: false,
    sceneFunc: ({ _context }) => {
      if (!model || style?.peeking) return;
      paintCursor(_context, model, marks, drawn.scale);
      paintEdit(_context, edit, drawn.scale);
    },
  });
  cursorLayer.add(cursor);

  function commit(): void {
    clearTimeout(settle);
    drawn = viewport;
    stage.content.style.transform = '';
    const place = { x: drawn.x + MARGIN, y: drawn.y + MARGIN };
    picture.position(place);
    picture.scale({ x: drawn.scale * level, y: drawn.scale * level });
    backdrop.setAttrs({
      ...place,
      width: (model?.detail.width ?? 0) * drawn.scale,
      height: (model?.detail.height ?? 0) * drawn.scale,
    });
    for (const shape of [maskShape, overlay, cursor]) {
      shape.position(place);
      shape.scale({ x: drawn.scale, y: drawn.scale });
    }
    imageLayer.imageSmoothingEnabled(drawn.scale < 4);
    stage.batchDraw();
  }

  return {
    resize(size) {
      stage.size({ width: size.width + 2 * MARGIN, height: size.height + 2 * MARGIN });
      commit();
    },
    setModel(next) {
      model = next;
      commit();
    },
    setComparison(next) {
      comparison = next;
      overlayLayer.batchDraw();
    },
    setBitmap(bitmap, nextLevel) {
      level = nextLevel;
      picture.image(bitmap ?? undefined);
      picture.visible(bitmap !== null);
      backdrop.visible(bitmap !== null);
      commit();
    },
    setStyle(next) {
      style = next;
      maskLayer.batchDraw();
      overlayLayer.batchDraw();
      cursorLayer.batchDraw();
    },
    setCursor(next) {
      marks = next;
      cursorLayer.batchDraw();
    },
    setMasks(next) {
      masks = next;
      maskLayer.batchDraw();
    },
    repaintMask(cellId, names) {
      painter.forget(cellId, names);
      maskLayer.batchDraw();
    },
    setEdit(next) {
      edit = next;
      cursorLayer.batchDraw();
    },
    setViewport(next) {
      viewport = next;
      const dx = next.x - drawn.x;
      const dy = next.y - drawn.y;
      const near = Math.abs(dx) < MARGIN && Math.abs(dy) < MARGIN;
      if (next.scale !== drawn.scale || !near) return commit();
      stage.content.style.transform = `translate(${dx}px, ${dy}px)`;
      clearTimeout(settle);
      settle = setTimeout(commit, SETTLE_MS);
    },
    destroy() {
      clearTimeout(settle);
      stage.destroy();
    },
  };
}
