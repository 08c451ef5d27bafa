import { blackBody } from '../conditions/black-body.ts';
import type { PageConditions } from '../conditions/page-conditions.ts';
import { PINK_GRID, type GridStyle, type PenStyle, type Rgb } from '../page/page-options.ts';
import type { Random } from '../random.ts';
import { fitRows } from './fit-rows.ts';
import type { GridColour, PageWishes, Range } from './page-wishes.ts';
import { mix } from './random-colour.ts';
import { handwriting } from './handwritten-notes.ts';
import { qrCode } from './office-marks.ts';
import type { RandomPage } from './random-page-options.ts';
import { randomCaptions } from './random-words.ts';

const INKS: Record<GridColour, Rgb> = {
  red: [225, 60, 55],
  pink: [238, 130, 150],
  brown: [140, 80, 45],
  blue: [70, 110, 215],
  green: [60, 165, 95],
  gray: [90, 90, 90],
};

/** The page changed so that every wish holds; chances and ranges are drawn from `random`. */
export function grantWishes(
  page: RandomPage,
  wishes: PageWishes,
  random: Random,
  available: number,
): RandomPage {
  const printed = grantPrint(page, wishes, random.fork('print'), available);
  const written = grantExtras(printed, wishes, random.fork('extras'));
  const coloured = grantColours(written, wishes, random.fork('colours'));
  const padded = wishes.paddingMm
    ? padPage(coloured, draw(random.fork('padding'), wishes.paddingMm))
    : coloured;
  return fitRows({
    ...padded,
    conditions: grantConditions(padded.conditions ?? {}, wishes, random.fork('conditions')),
  });
}

function draw(random: Random, [low, high]: Range): number {
  return low === high ? low : random.uniform(low, high);
}

function drawCount(random: Random, [low, high]: Range): number {
  return random.integer(Math.round(low), Math.round(high));
}

function grantPrint(page: RandomPage, wishes: PageWishes, random: Random, available: number): RandomPage {
  const { layout, cabrera, rhythmLeads, simultaneous, dpi, pulse, labels, header } = wishes;
  const speedMmPerSecond = wishes.speedMmPerSecond ?? page.speedMmPerSecond ?? 25;
  const gainMmPerMillivolt = wishes.gainMmPerMillivolt ?? page.gainMmPerMillivolt ?? 10;
  const rescaled =
    speedMmPerSecond !== page.speedMmPerSecond || gainMmPerMillivolt !== page.gainMmPerMillivolt;
  const captions = randomCaptions(
    random.fork('words'),
    speedMmPerSecond,
    gainMmPerMillivolt,
    page.chestGain ?? 1,
    true,
  );
  const seconds =
    wishes.seconds ?? (speedMmPerSecond < (page.speedMmPerSecond ?? 25) ? available : page.seconds);
  const changed: RandomPage = {
    ...page,
    layout: layout ?? page.layout,
    cabrera: cabrera ?? page.cabrera,
    rhythmLeads: rhythmLeads ?? page.rhythmLeads,
    simultaneous: simultaneous ?? page.simultaneous,
    speedMmPerSecond,
    gainMmPerMillivolt,
    seconds: Math.min(seconds ?? available, available),
    dpi: dpi ? draw(random, dpi) : page.dpi,
    // A caption that names another scale than the page has would be a lie.
    footer: rescaled && page.footer ? captions.footer : page.footer,
    text: labels === undefined ? page.text : { ...page.text, labels },
  };
  const pulsed =
    pulse === undefined
      ? changed
      : ({
          ...changed,
          pulse: typeof pulse === 'string' ? pulse : random.chance(pulse) ? 'left' : 'none',
        } as const);
  if (header === undefined) return pulsed;
  if (!random.chance(header)) return { ...pulsed, header: {}, footer: '', footerRight: '' };
  const bare = !pulsed.header || Object.keys(pulsed.header).length === 0;
  return {
    ...pulsed,
    header: bare ? captions.header : pulsed.header,
    footer: pulsed.footer || captions.footer,
  };
}

function grantExtras(page: RandomPage, wishes: PageWishes, random: Random): RandomPage {
  const paper = page.paperMm ?? [279.4, 215.9];
  let extras = page.extras ?? [];
  if (wishes.handwriting !== undefined) {
    extras = extras.filter((extra) => extra.kind !== 'handwriting');
    if (random.chance(wishes.handwriting)) {
      const words = drawCount(random, wishes.words ?? [2, 5]);
      extras = [
        ...extras,
        ...handwriting(random, paper, words, wishes.handwritingMm ?? [3, 8], wishes.handwritingAt),
      ];
    }
  }
  if (wishes.qrCode !== undefined) {
    extras = extras.filter((extra) => extra.kind !== 'barcode');
    if (random.chance(wishes.qrCode)) extras = [...extras, qrCode(random, [paper[0] * 0.86, 4])];
  }
  return { ...page, extras };
}

function grantColours(page: RandomPage, wishes: PageWishes, random: Random): RandomPage {
  let grid = page.grid === undefined ? PINK_GRID : page.grid;
  if (wishes.grid !== undefined) grid = random.chance(wishes.grid) ? (grid ?? PINK_GRID) : null;
  const paper = page.paperColour ?? [255, 251, 249];
  if (grid && wishes.gridColour) grid = inked(grid, paper, INKS[wishes.gridColour]);
  if (wishes.blackAndWhite === undefined || !random.chance(wishes.blackAndWhite)) return { ...page, grid };
  const pen = { ...page.pen, colour: [0, 0, 0] as const };
  const textPen = page.text?.pen ? { ...page.text.pen, colour: [0, 0, 0] as const } : undefined;
  return {
    ...page,
    grid: grid && inked(grid, [255, 255, 255], INKS.gray),
    paperColour: [255, 255, 255],
    pen: pen as Partial<PenStyle>,
    text: textPen ? { ...page.text, pen: textPen } : page.text,
  };
}

function inked(grid: GridStyle, paper: Rgb, ink: Rgb): GridStyle {
  return { ...grid, minorColour: mix(paper, ink, 0.4), majorColour: mix(paper, ink, 0.85) };
}

/** Blank paper around everything; the grid stays where it is. */
function padPage(page: RandomPage, mm: number): RandomPage {
  const [width, height] = page.paperMm ?? [279.4, 215.9];
  const grid = page.grid && {
    ...page.grid,
    borderMm: page.grid.borderMm + mm,
    blankTopMm: page.grid.blankTopMm ? page.grid.blankTopMm + mm : 0,
  };
  return { ...page, paperMm: [width + 2 * mm, height + 2 * mm], grid };
}

function grantConditions(conditions: PageConditions, wishes: PageWishes, random: Random): PageConditions {
  const drawn = (range: Range | undefined, otherwise: number | undefined) =>
    range ? draw(random, range) : otherwise;
  const { wrinkles, foldsDown, foldsAcross, foldDegrees, crop, temperature, jpegQuality } = wishes;
  const quality = drawn(jpegQuality, conditions.jpegQuality);
  const crumple = conditions.crumple ?? {
    depth: random.uniform(0.1, 0.5),
    sizeMm: random.uniform(10, 35),
    shiftMm: 0.2,
  };
  return {
    ...conditions,
    rotationDegrees: drawn(wishes.rotate, conditions.rotationDegrees),
    noise: drawn(wishes.noise, conditions.noise),
    blurPx: drawn(wishes.blur, conditions.blurPx),
    crumple: wrinkles === undefined ? conditions.crumple : random.chance(wrinkles) ? crumple : undefined,
    folds:
      foldsDown || foldsAcross
        ? {
            down: drawCount(random, foldsDown ?? [0, 0]),
            across: drawCount(random, foldsAcross ?? [0, 0]),
            degrees: draw(random, foldDegrees ?? [0, 0]),
          }
        : conditions.folds,
    surround: crop
      ? { colour: conditions.surround?.colour ?? [255, 255, 255], share: -draw(random, crop) }
      : conditions.surround,
    light: temperature ? blackBody(draw(random, temperature)) : conditions.light,
    colours: wishes.colours ?? conditions.colours,
    jpegQuality: quality === undefined ? undefined : Math.round(quality),
    quarterTurns: wishes.quarterTurns ?? conditions.quarterTurns,
  };
}
