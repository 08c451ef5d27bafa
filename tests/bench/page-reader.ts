import sharp from 'sharp';
import { digitizePage } from '../../src/core/digitize-page.ts';
import { pictureStyle } from '../../src/core/explore/picture-style.ts';
import type { Raster } from '../../src/core/image/raster.ts';
import { annotateByTruth } from '../../src/core/learning/annotate-by-truth.ts';
import { usualOfPage, type PageHabits } from '../../src/core/learning/page-habits.ts';
import type { LeadTable } from '../../src/core/metrics/lead-table.ts';
import { scorePage } from '../../src/core/metrics/score-page.ts';
import { toLeadTable } from '../../src/core/metrics/to-lead-table.ts';
import type { PageTruth } from '../../src/core/synthesis/page/page-truth.ts';
import type { ModelFile } from '../../src/main/inference/model-file.ts';
import { looksOfModel } from '../../src/main/inference/looks-of-model.ts';
import { modelForPage } from '../../src/main/inference/model-for-page.ts';
import { pageSegmenter } from '../../src/main/inference/page-segmenter.ts';
import { decodePage } from '../../src/main/library/decode-page.ts';
import { annotateByDrawing } from './annotate-by-drawing.ts';
import { entryOf } from './annotated-set.ts';
import { drawnPage } from './drawn-page.ts';
import type {
  Annotated,
  AnnotateTask,
  DrawnSource,
  PageReading,
  PageTask,
  ReadTask,
  ScanSource,
} from './page-task.ts';

// A process of `openPageReaders`: does one task after the other.
process.on('message', (message) => {
  const task = message as PageTask;
  const done: Promise<unknown> = task.kind === 'annotate' ? annotate(task) : read(task);
  done.then(
    (answer) => process.send!({ answer }),
    (thrown: unknown) => process.send!({ error: String((thrown as Error).stack ?? thrown) }),
  );
});
process.on('disconnect', () => process.exit(0));

interface KnownPage {
  readonly raster: Raster;
  readonly signals: LeadTable;
  /** What else is known of a drawn page. */
  readonly drawing: PageTruth | null;
}

async function open(page: DrawnSource | ScanSource): Promise<KnownPage> {
  if ('path' in page) return { raster: await decodePage(page.path, 0), signals: page.truth, drawing: null };
  const { raster, truth } = drawnPage(page);
  return { raster, signals: truth.signals, drawing: truth };
}

async function annotate({ page, model, png }: AnnotateTask): Promise<Annotated | null> {
  const { raster, signals, drawing } = await open(page);
  const overrides = drawing && {
    layout: drawing.layout,
    speedMmPerSecond: drawing.speedMmPerSecond,
    gainMmPerMillivolt: drawing.gainMmPerMillivolt,
  };
  const reading = await digitizePage(raster, {
    segment: pageSegmenter(model),
    ...(overrides ? { overrides } : {}),
  });
  if (reading.paths.length === 0) return null;
  const annotated = drawing ? annotateByDrawing(reading, drawing) : annotateByTruth(reading, signals);
  const { data, width, height, channels } = raster;
  if (png) await sharp(data, { raw: { width, height, channels } }).png({ compressionLevel: 1 }).toFile(png);
  const path = png ?? (page as ScanSource).path;
  const { speedMmPerSecond, gainMmPerMillivolt } = drawing ?? {};
  const pxPerMm = drawing ? Math.sqrt(drawing.pxPerMmX * drawing.pxPerMmY) : undefined;
  return {
    entry: await entryOf(path, annotated),
    columns: annotated.columns,
    habit:
      speedMmPerSecond && gainMmPerMillivolt
        ? { style: [...pictureStyle(raster)], speedMmPerSecond, gainMmPerMillivolt, pxPerMm }
        : null,
  };
}

async function read({ page, ways }: ReadTask): Promise<PageReading[]> {
  const known = await open(page);
  const readings: PageReading[] = [];
  const style = pictureStyle(known.raster);
  for (const { model, habits } of ways) {
    const usual = habits && usualOfPage(habits, style);
    const isNews =
      usual === null ||
      usual.speedMmPerSecond !== null ||
      usual.gainMmPerMillivolt !== null ||
      usual.resolutionsPxPerMm.length > 0 ||
      usual.line !== null;
    const same = ways.findIndex((way) => way.model.sha256 === model.sha256 && way.habits === null);
    // Habits that tell nothing of a page change nothing.
    const alike = isNews ? undefined : readings[same];
    readings.push(alike ?? (await readOnce(known, model, habits)));
  }
  return readings;
}

async function readOnce(
  { raster, signals: truth }: KnownPage,
  model: ModelFile,
  habits: PageHabits | null,
): Promise<PageReading> {
  const began = performance.now();
  const looks = looksOfModel(modelForPage(model, raster));
  let asked = false;
  const segment = (flat: Raster): ReturnType<NonNullable<typeof looks.segment>> => {
    asked = true;
    return looks.segment!(flat);
  };
  const { signals, confidence, reasons, layout } = await digitizePage(raster, { ...looks, segment, habits });
  return {
    snrDb: scorePage(truth, signals.length > 0 ? toLeadTable(signals) : null).snrDb,
    confidence,
    asked,
    helped: reasons.some(({ code }) => code === 'model-helped'),
    layout: layout?.kind ?? 'none',
    speedMmPerSecond: layout?.speedMmPerSecond ?? 0,
    gainMmPerMillivolt: layout?.gainMmPerMillivolt ?? 0,
    seconds: (performance.now() - began) / 1000,
  };
}
