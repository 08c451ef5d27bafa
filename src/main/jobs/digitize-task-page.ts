import { BY_GENERAL, digitizePage } from '../../core/digitize-page.ts';
import type { Digitization } from '../../core/digitization.ts';
import type { Raster } from '../../core/image/raster.ts';
import { attentionOf } from '../../core/trust/attention.ts';
import { toAppError } from '../../shared/app-error.ts';
import type { AppError } from '../../shared/app-error.ts';
import { failedPage } from '../export/failed-page.ts';
import { programVersions } from '../export/program-versions.ts';
import { generalOf, looksOfModel } from '../inference/looks-of-model.ts';
import { modelForPage } from '../inference/model-for-page.ts';
import { decodePage } from '../library/decode-page.ts';
import { packDigitization } from '../../core/page-view/pack-digitization.ts';
import { summarizeDigitization } from '../store/summarize-digitization.ts';
import type { DigitizeOutcome, DigitizeTask, StageNews } from './digitize-task.ts';
import { makeThumbnail } from './make-thumbnail.ts';

/**
 * Decodes and digitizes one page and makes its thumbnail. What is wrong with the page ends up in the outcome as a failed
 * digitization with its reason; nothing is thrown but faults of the program.
 *
 * @param tell - hears of each stage as it begins, `decode` first
 */
export async function digitizeTaskPage(
  task: DigitizeTask,
  tell: (news: StageNews) => void,
): Promise<DigitizeOutcome> {
  const started = performance.now();
  const milliseconds: Record<string, number> = {};
  let raster: Raster | null = null;
  let error: AppError | null = null;
  let page: Digitization;
  let { model } = task;
  const onStage = (stage: string, progress: number): void => tell({ stage, progress });
  onStage('decode', 0);
  try {
    raster = await decodePage(task.path, task.pageIndex);
    model = modelForPage(model, raster);
    milliseconds['decode'] = performance.now() - started;
    page = await digitizePage(raster, {
      overrides: task.overrides,
      regions: task.regions,
      fs: task.fs,
      ...looksOfModel(model),
      habits: task.model?.habits,
      onStage,
      now: () => performance.now(),
    });
    if (page.reasons.some(({ code }) => code === BY_GENERAL.code)) model = generalOf(model);
  } catch (thrown) {
    error = toAppError(thrown);
    page = failedPage(error, raster);
  }
  for (const stage of page.stages) milliseconds[stage.stage] = stage.milliseconds;
  const thumbnail = raster ? await makeThumbnail(raster) : null;
  milliseconds['total'] = performance.now() - started;
  return {
    result: {
      summary: summarizeDigitization(page),
      attention: attentionOf(page),
      packed: packDigitization(page),
      versions: programVersions(model),
      milliseconds,
      thumbnail,
    },
    code: error?.code ?? null,
  };
}
