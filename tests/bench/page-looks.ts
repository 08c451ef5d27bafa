import '../../src/main/version-guard.js';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join, resolve } from 'node:path';
import { digitizePage } from '../../src/core/digitize-page.ts';
import { pictureStyle } from '../../src/core/explore/picture-style.ts';
import { scorePage } from '../../src/core/metrics/score-page.ts';
import { toLeadTable } from '../../src/core/metrics/to-lead-table.ts';
import { attentionOf } from '../../src/core/trust/attention.ts';
import { noiseShare } from '../../src/core/trust/noise-share.ts';
import { pageDoubt } from '../../src/core/trust/page-doubt.ts';
import { traceUncertainty } from '../../src/core/learning/trace-uncertainty.ts';
import { rectifyPage } from '../../src/core/page/rectify-page.ts';
import { bundledModelFile } from '../../src/main/inference/model-file.ts';
import { pageSegmenter } from '../../src/main/inference/page-segmenter.ts';
import { findReferencePages } from '../../src/main/learning/find-reference-pages.ts';
import { decodePage } from '../../src/main/library/decode-page.ts';

// npm run bench:looks -- [<truth folder>]: reads every page below the folder with and without the model and writes what
// a queue could rank it by, and how good it really is, to out/page-looks.json, for bench:uncertainty and bench:active.
const root = resolve(import.meta.dirname, '../..');
const [truth = join(root, '../shared/data/pages')] = process.argv.slice(2);
if (!existsSync(truth)) {
  console.log(`No pages to look at: ${truth} does not exist.`);
  process.exit(0);
}
setPriority(constants.priority.PRIORITY_LOW);
const base = (await bundledModelFile())!;
const rows: unknown[] = [];
for (const { folder, name, path, truth: known } of await findReferencePages(truth)) {
  const raster = await decodePage(path, 0);
  const plain = await digitizePage(raster);
  const reading = await digitizePage(raster, { segment: pageSegmenter(base) });
  const { value: flat } = rectifyPage(raster, {
    overrides: { quarterTurns: reading.rectification?.quarterTurns ?? 0 },
  });
  const seen = await pageSegmenter(base)!(flat.raster);
  const table = ({ signals }: typeof reading) => (signals.length > 0 ? toLeadTable(signals) : null);
  const read = table(reading);
  const row = {
    folder,
    name,
    snrDb: scorePage(known, read).snrDb,
    plainDb: scorePage(known, table(plain)).snrDb,
    /** How well the two readings agree. */
    agreementDb: read ? scorePage(read, table(plain)).snrDb : 0,
    confidence: reading.confidence,
    plainConfidence: plain.confidence,
    attention: attentionOf(reading).score,
    doubt: pageDoubt(reading),
    noise: noiseShare(reading.signals, reading.confidence),
    entropy: traceUncertainty(seen),
    trusts: reading.signals.map(({ trust = 0 }) => trust),
    columns: reading.signals.map(
      ({ confidence }) => confidence.reduce((a, b) => a + b, 0) / confidence.length,
    ),
    findings: reading.findings.map(({ severity }) => severity),
    stages: reading.stages.map(({ stage, confidence }) => [stage, confidence]),
    reasons: reading.reasons.map(({ code, severity }) => `${severity} ${code}`),
    pxPerMm: reading.rectification?.pxPerMmX ?? 0,
    style: [...pictureStyle(raster)],
  };
  rows.push(row);
  console.log(`${folder}/${name}: ${row.snrDb.toFixed(1)} dB, trust ${row.confidence.toFixed(2)}`);
}
mkdirSync(join(root, 'out'), { recursive: true });
writeFileSync(join(root, 'out/page-looks.json'), JSON.stringify(rows, null, 1));
