import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { digitizePage } from '../../src/core/digitize-page.ts';
import { LAYOUT_KINDS } from '../../src/core/lead/layout.ts';
import { scorePage } from '../../src/core/metrics/score-page.ts';
import { readLeadTableCsv } from '../../src/formats/csv/read-lead-table-csv.ts';
import { toLeadTable } from '../../src/core/metrics/to-lead-table.ts';
import { decodePage } from '../../src/main/library/decode-page.ts';
import { LEAD_NAMES } from '../../src/shared/lead-name.ts';

const SAMPLES = fileURLToPath(new URL('../../resources/samples', import.meta.url));

const truthFacts = z.object({
  layout: z.enum(LAYOUT_KINDS),
  cabrera: z.boolean(),
  rhythm: z.array(z.enum(LEAD_NAMES)),
  speed_mm_per_s: z.number(),
  gain_mm_per_mv: z.number(),
  spans_s: z.partialRecord(z.enum(LEAD_NAMES), z.tuple([z.number(), z.number()])),
});

/** Kaggle SNR below which a page got worse, dB: one to three below what it reaches. */
const FLOORS = {
  '01-resting-12-lead.png': 19,
  '02-scan-atrial-fibrillation.jpg': 19,
  '03-phone-photo.jpg': 10,
  '04-cabrera.jpg': 18,
  '05-fax-twelve-rows.png': 7,
  '06-folded-and-stained.jpg': 18,
  '07-photocopy.jpg': 15,
  '08-rhythm-strip.png': 21,
  '09-sideways-4x3.jpg': 19,
  '10-fast-paper.png': 15,
};

describe('bundled samples against their truth', () => {
  it.each(Object.entries(FLOORS))('%s reaches %i dB, with layout and leads exact', async (file, floor) => {
    const stem = `${SAMPLES}/${file.replace(/\.[^.]+$/, '')}`;
    const truth = truthFacts.parse(JSON.parse(readFileSync(`${stem}.json`, 'utf8')));
    const page = await digitizePage(await decodePage(`${SAMPLES}/${file}`, 0));
    const layout = page.layout!;
    const leads = (role?: 'rhythm') =>
      LEAD_NAMES.filter((lead) =>
        layout.cells.some((cell) => cell.lead === lead && (!role || cell.role === role)),
      );
    expect({
      layout: layout.kind,
      cabrera: layout.cabrera,
      speed: layout.speedMmPerSecond,
      gain: layout.gainMmPerMillivolt,
      leads: leads(),
      // A lone strip may go by either role.
      rhythm: layout.kind === 'strip' ? null : leads('rhythm'),
    }).toEqual({
      layout: truth.layout,
      cabrera: truth.cabrera,
      speed: truth.speed_mm_per_s,
      gain: truth.gain_mm_per_mv,
      leads: LEAD_NAMES.filter((lead) => truth.spans_s[lead]),
      rhythm: truth.layout === 'strip' ? null : LEAD_NAMES.filter((lead) => truth.rhythm.includes(lead)),
    });
    const score = scorePage(readLeadTableCsv(readFileSync(`${stem}.csv`, 'utf8')), toLeadTable(page.signals));
    expect(score.snrDb).toBeGreaterThan(floor);
    expect(score.leadsFound).toBe(score.leadsPrinted);
  });
});
