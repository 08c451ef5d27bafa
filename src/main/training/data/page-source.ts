import { randomEcg } from '../../../core/synthesis/ecg/random-ecg.ts';
import { simulateEcg } from '../../../core/synthesis/ecg/simulate-ecg.ts';
import type { SynthPreset } from '../../../core/synthesis/random-page/synth-preset.ts';
import { createRandom } from '../../../core/synthesis/random.ts';
import { renderTrainingPage, type TrainingPage } from '../../../core/synthesis/training/training-page.ts';
import type { TrainingConfig } from '../training-config.ts';
import { loadRecords, type EcgRecord } from './load-records.ts';

/** Pages to learn from and pages to check with; the same number always gives the same page. */
export interface PageSource {
  /** Names of the records that are trained on. */
  readonly trained: readonly string[];
  /** Names of the records kept for validation. */
  readonly heldOut: readonly string[];
  trainingPage(index: number): TrainingPage;
  /** From held-out records, and from simulated ones when there are none; of one kind when asked to. */
  validationPage(index: number, kind?: SynthPreset): TrainingPage;
  /** From the records trained on, as large as validation pages. */
  calibrationPage(index: number): TrainingPage;
}

const SECONDS = 10;
const SIMULATED_FS = 500;

/**
 * Opens the pages of a run: recordings from the folders that the settings name, simulated ones for the share they ask
 * for.
 *
 * @param bases folders that relative names may start from
 */
export async function openPageSource(config: TrainingConfig, bases: readonly string[]): Promise<PageSource> {
  const { seed, data, validation } = config;
  const excluded = new Set(data.exclude);
  const trained: EcgRecord[] = [];
  const heldOut: EcgRecord[] = [];
  for (const folder of data.records) {
    const records = (await loadRecords(folder, bases)).filter(({ name }) => !excluded.has(name));
    // Evenly spaced, so that held-out records are as mixed as the others.
    const every = data.holdOut > 0 ? Math.max(2, Math.floor(records.length / data.holdOut)) : Infinity;
    const before = heldOut.length;
    for (const [index, record] of records.entries()) {
      const held = index % every === every - 1 && heldOut.length - before < data.holdOut;
      (held ? heldOut : trained).push(record);
    }
  }

  const draw = (
    part: 'train' | 'validate' | 'calibrate',
    index: number,
    records: readonly EcgRecord[],
    cropPx: number,
    kind?: SynthPreset,
  ): TrainingPage => {
    const random = createRandom(seed).fork(`${part} ${index}`);
    const simulated = records.length === 0 || random.chance(data.simulatedShare);
    const { signals, fs } = simulated ? simulate(random.fork('ecg')) : random.pick(records);
    return renderTrainingPage(
      { signals, fs },
      {
        seed: random.integer(0, 2 ** 31 - 1),
        crop: { widthPx: cropPx, heightPx: cropPx },
        preset: kind ?? (data.presets ? random.pick(data.presets) : 'mixed'),
      },
    );
  };
  return {
    trained: trained.map(({ name }) => name),
    heldOut: heldOut.map(({ name }) => name),
    trainingPage: (index) => draw('train', index, trained, data.cropPx),
    validationPage: (index, kind) => draw('validate', index, heldOut, validation.cropPx, kind),
    calibrationPage: (index) => draw('calibrate', index, trained, validation.cropPx),
  };
}

function simulate(random: ReturnType<typeof createRandom>): Pick<EcgRecord, 'signals' | 'fs'> {
  const { leads, fs } = simulateEcg(randomEcg(random), { seconds: SECONDS, fs: SIMULATED_FS, random });
  return { signals: leads, fs };
}
