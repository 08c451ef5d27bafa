import { AppError, toAppError } from '../shared/app-error.ts';
import type { Reason } from '../shared/reason.ts';
import {
  betterReading,
  gridMisled,
  isDoubtful,
  isSure,
  LEAST_SAID,
  merit,
  moreTrusted,
} from './choose-reading.ts';
import type { Digitization, DigitizeOptions } from './digitization.ts';
import { pictureStyle } from './explore/picture-style.ts';
import { isTwoTone } from './image/is-two-tone.ts';
import type { Raster } from './image/raster.ts';
import { usualOfPage } from './learning/page-habits.ts';
import { scaleOfPrint } from './lead/scale-of-print.ts';
import { likeliestResolution } from './lead/usual-resolution.ts';
import { withoutLettering } from './lead/without-lettering.ts';
import { applySegmentation } from './mask/apply-segmentation.ts';
import { extractInk } from './mask/extract-ink.ts';
import { liesOnSide } from './page/lies-on-side.ts';
import type { Rectification } from './page/rectification.ts';
import { rectifyPage } from './page/rectify-page.ts';
import { honourRegions } from './region/honour-regions.ts';
import { readPage, type FlatPage, type Reading } from './read-page.ts';
import { cancelled, createStageLog, type StageLog } from './stage-log.ts';

/** Smaller pictures are not looked at. */
const MIN_LONG_SIDE_PX = 100;
const MIN_SHORT_SIDE_PX = 32;

/** Told of a page whose reading with the help of a model was kept. */
const HELPED: Reason = {
  code: 'model-helped',
  severity: 'info',
  message: 'A model told the traces from lettering, shade and grid.',
};

/** Told, too, where it was the model that others came from. */
export const BY_GENERAL: Reason = {
  code: 'general-model',
  severity: 'info',
  message: 'The model that this one was fine-tuned from was sure of this page, or trusted more.',
};

/** A model's look at pages, and what is told of a page that it looked at. */
interface Look {
  readonly segment: NonNullable<DigitizeOptions['segment']>;
  readonly notes: readonly Reason[];
}

/** A reading at the printed scale is kept unless it is trusted less than this share of the other: scale moves trust too. */
const KEPT_SHARE = 0.5;
/** Trust below which a page may lie on a grid that is none: no page without one is trusted much more. */
const MAKES_SENSE = 0.3;
/** Scales that differ less are the same. */
const SAME_SCALE = 0.003;

/**
 * Digitizes one page: rectify, take the ink, find the layout, trace, calibrate, lint.
 *
 * A page that is not trusted, or whose labels cannot all be read, is read once more with the help of a model where
 * `options.segment` gives one, and the reading that is trusted more is kept. A stage that cannot go on ends the page with
 * what was found so far, `status: 'failed'` and the reason in words; a lead that fails leaves the others intact.
 * Deterministic. Throws only `AppError('cancelled')` when `options.signal` fires. About one second for 2200x1700 pixels on
 * one core, half a second more and the time of the model where it helps.
 *
 * @example
 * const page = await digitizePage(raster, { overrides: { gainMmPerMillivolt: 10 } });
 * page.signals[0].millivolts; // Float32Array at 500 Hz
 */
export async function digitizePage(raster: Raster, options: DigitizeOptions = {}): Promise<Digitization> {
  const { fs = 500, signal, onStage, segment = null, now = () => 0, regions = [], habits = null } = options;
  // What one that is fine-tuned forgot shows on clear pages: it is asked where the one it came from is not sure.
  const models: readonly Look[] = [
    ...(segment && options.general ? [{ segment: options.general, notes: [HELPED, BY_GENERAL] }] : []),
    ...(segment ? [{ segment, notes: [HELPED] }] : []),
  ];
  // Whoever says where the paper lies has said how it stands.
  const overrides = options.overrides?.frame
    ? { ...options.overrides, quarterTurns: 0 as const }
    : (options.overrides ?? {});
  const log = createStageLog({ now, signal, onStage });
  let rectification: Rectification | null = null;
  let printedPxPerMm: number | null = null;
  let noGrid = false;

  const usual = habits === null ? null : usualOfPage(habits, pictureStyle(raster));
  const resolutions = usual?.resolutionsPxPerMm ?? [];
  const usualPxPerMm = likeliestResolution(resolutions);

  const flatten = (quarterTurns: QuarterTurns, stages: StageLog): FlatPage => {
    const page = stages.run('rectify', () => {
      assertPageSize(raster);
      return rectifyPage(raster, {
        overrides: { ...overrides, quarterTurns },
        printedPxPerMm,
        usualPxPerMm,
        noGrid,
        signal,
      });
    });
    rectification = page.rectification;
    const darkness = regions.some(({ kind }) => kind === 'include');
    const ink = stages.run('ink', () => {
      const extracted = extractInk(page, { signal, darkness });
      return { ...extracted, value: honourRegions(extracted.value, regions, page.rectification.warp) };
    });
    return { page, ink };
  };

  /** The page as a model sees it; null, and a reason why, where it fails. */
  const look = async (model: Look, { page, ink }: FlatPage, stages: StageLog): Promise<FlatPage | null> => {
    const started = now();
    try {
      const segmentation = await model.segment(page.raster);
      if (segmentation === null) return null;
      stages.amend('ink', 0, model.notes);
      return { page, ink: applySegmentation(ink, segmentation, page.rectification.canonicalPxPerMm) };
    } catch (thrown) {
      signal?.throwIfAborted();
      const message = `The page was digitized without the model. ${toAppError(thrown).message}`;
      stages.amend('ink', 0, [{ code: 'model-failed', severity: 'warning', message }]);
      return null;
    } finally {
      stages.amend('ink', now() - started);
    }
  };

  /** The same, turned where what the model sees lies on its side: the texture of a desk can mislead the ink. */
  const lookUpright = async (model: Look, flat: FlatPage, stages: StageLog): Promise<FlatPage | null> => {
    const seen = await look(model, flat, stages);
    if (seen === null || (overrides.quarterTurns ?? null) !== null || !seenOnSide(seen)) return seen;
    const turned = flatten(flat.page.rectification.quarterTurns === 1 ? 0 : 1, stages);
    const other = await look(model, turned, stages);
    return other !== null && !seenOnSide(other) ? other : seen;
  };

  const readFlat = async (flat: FlatPage, stages: StageLog, mayTurn = true): Promise<Reading> => {
    const common = { overrides, fs, signal, now, usual, asTraced: options.asTraced };
    const alone = stages.fork();
    const plain = await readPage(flat, alone, {
      ...common,
      turnTo: (turns) => Promise.resolve(flatten(turns, alone)),
    });
    if (isSure(plain)) return plain;
    let [unhelped, best]: [Reading, Reading | null] = [plain, null];
    for (const model of models) {
      const helped = stages.fork();
      const seen = await (mayTurn ? lookUpright : look)(model, flat, helped);
      if (seen === null) {
        unhelped = { ...unhelped, stages: withInkOf(unhelped, helped) };
        continue;
      }
      const reading = await readPage(seen, helped, {
        ...common,
        turnTo: async (turns) => {
          const turned = flatten(turns, helped);
          return (await look(model, turned, helped)) ?? turned;
        },
      });
      best = best === null ? reading : moreTrusted(best, reading);
      if (isSure(best)) break;
    }
    return best === null ? unhelped : betterReading(plain, best);
  };

  const read = async (): Promise<Reading> => {
    const stated = overrides.quarterTurns ?? null;
    const flat = flatten(stated ?? 0, log);
    if (stated !== null || !liesOnSide(flat.ink.coverage, flat.page.rectification.canonicalPxPerMm)) {
      return readFlat(flat, log);
    }
    const turned = log.fork();
    const reading = await readFlat(flatten(1, turned), turned);
    if (!isDoubtful(reading)) return reading;
    // Frames, folds and tall separators can mislead the ink.
    const asGiven = await readFlat(flat, log, false);
    return merit(asGiven) > merit(reading) ? asGiven : reading;
  };

  /** A page without a grid is read once more at the scale that its print gives. */
  const readToScale = async (): Promise<Reading> => {
    const first = await read();
    printedPxPerMm = overrides.pxPerMm ? null : printedScale(first, raster, resolutions);
    if (printedPxPerMm === null) return first;
    const second = await read();
    const isWorse =
      second.status === 'failed' ||
      (first.confidence >= LEAST_SAID && second.confidence < KEPT_SHARE * first.confidence);
    return isWorse ? first : second;
  };

  /** The page on its grid; where that makes little sense, tried without it. */
  const readOnGrid = async (): Promise<Reading> => {
    const onGrid = await readToScale();
    if (onGrid.rectification.gridKind === 'none' || overrides.frame) return onGrid;
    if (onGrid.status !== 'failed' && onGrid.confidence >= MAKES_SENSE) return onGrid;
    noGrid = true;
    const without = await readToScale();
    return gridMisled(onGrid, without) ? without : onGrid;
  };

  try {
    return finish(await readOnGrid(), raster);
  } catch (thrown) {
    const error = signal?.aborted ? cancelled(thrown) : toAppError(thrown);
    if (error.code === 'cancelled') throw error;
    const nothing = { layout: null, paths: [], signals: [], findings: [] };
    return finish(
      { status: 'failed', confidence: 0, rectification, ...nothing, stages: log.reports() },
      raster,
    );
  }
}

type QuarterTurns = 0 | 1 | 2 | 3;

/** Whether the lines that a model sees run down the page. */
function seenOnSide({ page, ink }: FlatPage): boolean {
  const { kinds } = ink;
  if (!kinds) return false;
  return liesOnSide(withoutLettering(kinds.coverage, kinds), page.rectification.canonicalPxPerMm);
}

/** Scale that the print gives a page without a grid, pixels per mm; null where it is much the one assumed. */
function printedScale(
  { rectification, layout }: Reading,
  raster: Raster,
  resolutionsPxPerMm: readonly number[],
): number | null {
  if (rectification.gridKind !== 'none' || layout === null) return null;
  const scale = scaleOfPrint(
    layout,
    rectification.canonicalPxPerMm,
    rectification.pxPerMmX,
    isTwoTone(raster),
    resolutionsPxPerMm,
    rectification.quarterTurns % 2 === 0 ? raster : { width: raster.height, height: raster.width },
  );
  return scale === null || Math.abs(scale / rectification.pxPerMmX - 1) < SAME_SCALE ? null : scale;
}

/** The stages of a reading, with what became of the look of a model at its ink. */
function withInkOf({ stages }: Reading, looked: StageLog): Reading['stages'] {
  const inks = looked.reports().filter(({ stage }) => stage === 'ink');
  return stages.map((report) => inks.find(({ stage }) => stage === report.stage) ?? report);
}

function finish(
  reading: Omit<Reading, 'rectification'> & Pick<Digitization, 'rectification'>,
  { width, height }: Raster,
): Digitization {
  return {
    ...reading,
    imageWidth: width,
    imageHeight: height,
    reasons: reading.stages.flatMap((stage) => stage.reasons),
  };
}

/** Too few pixels for a single beat of a single lead, whatever they show. */
function assertPageSize({ width, height }: Raster): void {
  if (Math.max(width, height) >= MIN_LONG_SIDE_PX && Math.min(width, height) >= MIN_SHORT_SIDE_PX) return;
  throw new AppError(
    'no-ecg',
    `No ECG was found: the picture has only ${width} x ${height} pixels. Scan the paper at 150 dpi or more.`,
  );
}
