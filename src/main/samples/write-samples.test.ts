import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { writeLeadTableCsv } from '../../formats/csv/write-lead-table-csv.ts';
import { SAMPLE_PAGES } from './sample-pages.ts';
import { truthJson } from './truth-json.ts';
import { drawSample } from './write-samples.ts';

const SAMPLES = fileURLToPath(new URL('../../../resources/samples', import.meta.url));

describe('bundled samples', () => {
  it.each(SAMPLE_PAGES.map((sample) => sample.file))('%s has its truth beside it', (file) => {
    for (const ending of [file, file.replace(/\.\w+$/, '.csv'), file.replace(/\.\w+$/, '.json')]) {
      expect(existsSync(`${SAMPLES}/${ending}`), ending).toBe(true);
    }
  });

  it('are what the code draws today', async () => {
    const sample = SAMPLE_PAGES.find(({ file }) => file === '08-rhythm-strip.png')!;
    const { raster, truth } = drawSample(sample);
    expect(readFileSync(`${SAMPLES}/08-rhythm-strip.csv`, 'utf8')).toBe(writeLeadTableCsv(truth.signals));
    expect(readFileSync(`${SAMPLES}/08-rhythm-strip.json`, 'utf8')).toBe(truthJson(truth));
    const bundled = await sharp(`${SAMPLES}/${sample.file}`).raw().toBuffer();
    expect(bundled.equals(raster.data)).toBe(true);
  });
});
