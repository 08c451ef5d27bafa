import { describe, expect, it } from 'vitest';
import type { Digitization } from '../../core/digitization.ts';
import type { Raster } from '../../core/image/raster.ts';
import type { LeadCell } from '../../core/lead/layout.ts';
import { captionText } from './draw-caption.ts';
import { drawOverlay } from './draw-overlay.ts';
import { OVERLAY_COLOURS } from './overlay-colours.ts';

const WIDTH = 400;
const HEIGHT = 200;
const IMAGE: Raster = {
  data: new Uint8Array(WIDTH * HEIGHT).fill(255),
  width: WIDTH,
  height: HEIGHT,
  channels: 1,
};

function cell(id: string, lead: LeadCell['lead'], x0: number): LeadCell {
  return {
    id,
    lead,
    role: 'lead',
    row: 0,
    column: 0,
    x0,
    x1: x0 + 100,
    baselineY: 120,
    y0: 60,
    y1: 180,
    startSeconds: 0,
    endSeconds: 2.5,
    inverted: false,
    labelBox: null,
    labelSource: 'read',
    confidence: 1,
  };
}

/** V1 traced as a level line at y = 90, V2 printed and lost; canonical pixels are image pixels. */
const PAGE: Digitization = {
  status: 'partial',
  confidence: 0.5,
  imageWidth: WIDTH,
  imageHeight: HEIGHT,
  rectification: {
    quarterTurns: 0,
    skewDegrees: 0,
    corners: [],
    gridKind: 'colour',
    pxPerMmX: 4,
    pxPerMmY: 4,
    lattice: null,
    canonicalPxPerMm: 4,
    canonicalWidth: WIDTH,
    canonicalHeight: HEIGHT,
    warp: {
      stepPx: 400,
      columns: 2,
      rows: 2,
      xs: Float32Array.from([0, 400, 0, 400]),
      ys: Float32Array.from([0, 0, 400, 400]),
    },
  },
  layout: {
    kind: '3x4',
    cabrera: false,
    cells: [cell('a', 'V1', 20), cell('b', 'V2', 220)],
    pulses: [],
    text: [],
    separators: [],
    speedMmPerSecond: 25,
    gainMmPerMillivolt: 10,
    speedSource: 'default',
    gainSource: 'default',
  },
  paths: [
    {
      cellId: 'a',
      x0: 20,
      y: new Float32Array(100).fill(95),
      confidence: new Float32Array(100),
      bridged: new Uint8Array(100),
      strokeWidthPx: 2,
      fineY: new Float32Array(200).fill(90),
      samplesPerPx: 2,
    },
  ],
  signals: [
    {
      cellId: 'a',
      lead: 'V1',
      role: 'lead',
      startSeconds: 0,
      fs: 500,
      millivolts: new Float32Array(1250),
      confidence: new Float32Array(1250),
    },
  ],
  findings: [],
  stages: [],
  reasons: [],
};

/** How far a pixel is from white towards a colour: 0 none, about 1 all. */
function towards(picture: Raster, x: number, y: number, colour: readonly [number, number, number]): number {
  const at = 3 * (y * picture.width + x);
  let dot = 0;
  let norm = 0;
  for (let c = 0; c < 3; c++) {
    dot += (255 - picture.data[at + c]!) * (255 - colour[c]!);
    norm += (255 - colour[c]!) ** 2;
  }
  return dot / norm;
}

describe('drawOverlay', () => {
  const picture = drawOverlay(IMAGE, PAGE);
  const margin = picture.height - HEIGHT;

  it('lays the de-thickened line where it belongs, in the colour of its lead', () => {
    expect(picture.width).toBe(WIDTH);
    expect(margin).toBeGreaterThanOrEqual(24);
    expect(towards(picture, 70, margin + 90, OVERLAY_COLOURS.V1)).toBeGreaterThan(0.7);
    expect(towards(picture, 70, margin + 95, OVERLAY_COLOURS.V1)).toBeLessThan(0.01);
    expect(towards(picture, 160, margin + 90, OVERLAY_COLOURS.V1)).toBeLessThan(0.01);
  });

  it('crosses out what was lost', () => {
    const red: [number, number, number] = [220, 0, 0];
    expect(towards(picture, 270, margin + 120, red)).toBeGreaterThan(0.4);
    expect(towards(picture, 245, margin + 90, red)).toBeGreaterThan(0.4);
    expect(towards(picture, 45, margin + 150, red)).toBeLessThan(0.2);
  });

  it('turns page and traces together', () => {
    const rectification = { ...PAGE.rectification!, quarterTurns: 1 as const };
    const turned = drawOverlay(IMAGE, { ...PAGE, rectification });
    const top = turned.height - WIDTH;
    expect(turned.width).toBe(HEIGHT);
    expect(towards(turned, HEIGHT - 1 - 90, top + 70, OVERLAY_COLOURS.V1)).toBeGreaterThan(0.7);
  });

  it('draws a page of which nothing is known, and reduces large ones', () => {
    const nothing = {
      ...PAGE,
      rectification: null,
      layout: null,
      paths: [],
      signals: [],
      status: 'failed' as const,
    };
    const small = drawOverlay(IMAGE, nothing, { maxSidePx: 100 });
    expect([small.width, small.data.length]).toEqual([100, 100 * small.height * 3]);
    expect(captionText(nothing)).toBe('failed: no layout');
  });

  it('refuses an image of another size', () => {
    expect(() => drawOverlay({ ...IMAGE, width: 200, height: 400 }, PAGE)).toThrow(/200x400.*400x200/);
  });
});

describe('captionText', () => {
  it('tells what was found', () => {
    expect(captionText(PAGE)).toBe('partial   3x4   25 mm/s   10 mm/mV   confidence 0.50   1/2 leads');
  });
});
