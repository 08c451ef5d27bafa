import { PINK_GRID, type GridStyle, type PageOptions, type PenStyle } from '../page/page-options.ts';
import type { Random } from '../random.ts';
import { pickWeighted } from './pick-weighted.ts';
import { hsv, randomPaper } from './random-colour.ts';
import { randomConditions } from './random-conditions.ts';
import { randomExtras } from './random-extras.ts';
import { randomGrid } from './random-grid.ts';
import { randomPen, randomPrinter, randomText } from './random-inks.ts';
import { randomLayout } from './random-layout.ts';
import { fitRows } from './fit-rows.ts';
import { randomCaptions } from './random-words.ts';
import type { PageKind, SynthPreset } from './synth-preset.ts';
import { visibleFax } from './visible-fax.ts';

/** Everything about a page but its recording. */
export interface RandomPage extends Omit<PageOptions, 'signals' | 'fs'> {
  readonly kind: PageKind;
}

/** How often `mixed` draws each kind. */
const MIXTURE = { clean: 19, scan: 25, copy: 12, fax: 7, photo: 20, damaged: 13, screen: 4 } as const;
/** Thinner lines do not survive a threshold. */
const THINNEST_COPIED_PX = 1.2;
/** Speed of that style, which its header has to name. */
const DOTTED_BLUE_SPEED = 50;
/** Height of a line of the header and of the paper's edge, as `drawPage` sets them. */
const LINE_SHARE = 0.85 * 1.7;
const HEADER_EDGE_MM = 7;

/**
 * Draws a page as the world might print, keep and photograph it. Every choice comes from `random`, so a seed fixes the
 * page; `quarterTurns` is never drawn.
 *
 * @param available seconds of recording there are
 */
export function randomPageOptions(random: Random, preset: SynthPreset, available: number): RandomPage {
  if (preset === 'plain') return plainPage(random, available);
  const kind: PageKind = preset === 'mixed' ? pickWeighted(random, MIXTURE) : preset;
  const layout = randomLayout(random.fork('layout'), available);
  const speed = kind === 'dotted-blue' ? DOTTED_BLUE_SPEED : layout.speedMmPerSecond;
  const captions = randomCaptions(
    random.fork('words'),
    speed,
    layout.gainMmPerMillivolt,
    layout.chestGain ?? 1,
  );
  const inks = random.fork('inks');
  const pen = randomPen(inks);
  const text = randomText(inks, pen);
  const paperColour = kind === 'fax' || kind === 'copy' ? ([255, 255, 255] as const) : randomPaper(inks);
  const { left = [], middle = [], right = [] } = captions.header;
  const lines = Math.max(left.length, middle.length, right.length);
  const headerMm = lines === 0 ? 0 : HEADER_EDGE_MM + lines * text.capMm * LINE_SHARE;
  const page: RandomPage = {
    kind,
    ...layout,
    ...captions,
    pen,
    text,
    paperColour,
    grid: randomGrid(random.fork('grid'), paperColour, headerMm),
    extras: randomExtras(random.fork('extras'), layout.paperMm),
    printer: randomPrinter(random.fork('printer')),
    conditions: randomConditions(random.fork('conditions'), kind),
    seed: random.integer(0, 0x7fffffff),
  };
  return fitRows(styled(oneTint(page), kind, random.fork('style')));
}

/** 3x4 and a rhythm strip on pink letter paper at 200 dpi. */
function plainPage(random: Random, available: number): RandomPage {
  return {
    kind: 'plain',
    layout: '3x4+1',
    seconds: Math.min(10, Math.floor(2 * available) / 2),
    speedMmPerSecond: 25,
    gainMmPerMillivolt: 10,
    paperMm: [279.4, 215.9],
    dpi: 200,
    grid: PINK_GRID,
    pulse: 'left',
    separators: 'double-dash',
    seed: random.integer(0, 0x7fffffff),
  };
}

/** Strongly coloured paper under a strongly coloured lamp would hide the ink: one of them is enough. */
function oneTint(page: RandomPage): RandomPage {
  const least = Math.min(...page.paperColour!);
  const light = page.conditions!.light;
  if (least > 215 || !light || Math.min(...light) > 215) return page;
  const gray = Math.max(...light);
  return { ...page, conditions: { ...page.conditions, light: [gray, gray, gray] } };
}

/** What a kind of page asks of grid and inks. */
function styled(page: RandomPage, kind: PageKind, random: Random): RandomPage {
  const pen = page.pen as PenStyle;
  if (kind === 'fax' || kind === 'copy') {
    // Only dark ink survives a threshold.
    const v = random.integer(0, 60);
    const widthMm = Math.max(0.2, THINNEST_COPIED_PX * (25.4 / page.dpi!), pen.widthMm);
    const dark = { colour: [v, v, v] as const, opacity: 1, widthMm };
    return { ...page, pen: { ...pen, ...dark } };
  }
  if (kind === 'faint-fax') {
    const v = random.integer(95, 165);
    const grid: GridStyle | null = page.grid
      ? { ...page.grid, minor: 'none', majorColour: [v + 50, v + 50, v + 50] }
      : null;
    const faint = { ...pen, colour: [v, v, v] as const, widthMm: 0.22 };
    const visible = visibleFax(faint, page.conditions!, page.dpi!);
    // A tired printer would take what is left.
    return { ...page, paperColour: [255, 255, 255], grid, printer: null, ...visible };
  }
  if (kind === 'dotted-blue')
    return { ...page, ...dottedBlue(random), seconds: 5, speedMmPerSecond: DOTTED_BLUE_SPEED };
  if (kind === 'monitor') {
    const glow = random.chance(0.5)
      ? ([235, 240, 235] as const)
      : hsv(random.pick([60, 120, 180]), 0.4, 0.95);
    const dim = { minorColour: [26, 30, 28], majorColour: [52, 62, 56] } as const;
    const minor = random.chance(0.5) ? 'none' : 'line';
    const grid: GridStyle | null = page.grid ? { ...page.grid, ...dim, minor } : null;
    const ink = { colour: glow, opacity: 1 };
    const text = { ...page.text, pen: { ...(page.text!.pen as PenStyle), ...ink } };
    return {
      ...page,
      paperColour: [6, 8, 10],
      grid,
      pen: { ...pen, ...ink },
      text,
      extras: [],
      printer: null,
    };
  }
  return page;
}

function dottedBlue(random: Random): Pick<RandomPage, 'grid' | 'paperColour'> {
  const ink = hsv(random.uniform(205, 225), random.uniform(0.4, 0.8), random.uniform(0.75, 0.95));
  return {
    paperColour: [252, 253, 255],
    grid: {
      minor: 'dot',
      major: 'dotted',
      minorColour: ink,
      majorColour: ink,
      minorMm: random.uniform(0.18, 0.28),
      majorMm: random.uniform(0.28, 0.4),
      borderMm: random.uniform(0, 8),
    },
  };
}
