import '../../src/main/version-guard.js';
import { existsSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { digitizePage } from '../../src/core/digitize-page.ts';
import { createLineResponseFit, type LinePair } from '../../src/core/learning/fit-line-response.ts';
import { alignLead } from '../../src/core/metrics/align-lead.ts';
import type { LeadTable } from '../../src/core/metrics/lead-table.ts';
import { resampleToClock } from '../../src/core/metrics/resample-to-clock.ts';
import { MAX_LAG_SECONDS } from '../../src/core/metrics/score-lead.ts';
import { scorePage } from '../../src/core/metrics/score-page.ts';
import { toLeadTable } from '../../src/core/metrics/to-lead-table.ts';
import type { LeadSignal } from '../../src/core/signal/lead-signal.ts';
import { doubtShare, DOUBTFUL_LINES } from '../../src/core/trace/settle-lines.ts';
import type { TracePath } from '../../src/core/trace/trace-path.ts';
import { bundledModelFile } from '../../src/main/inference/model-file.ts';
import { pageSegmenter } from '../../src/main/inference/page-segmenter.ts';
import { findReferencePages } from '../../src/main/learning/find-reference-pages.ts';
import { decodePage } from '../../src/main/library/decode-page.ts';
import { drawDoubtPages } from './doubt-styles.ts';

// npm run fit:lines -- [<truth folder> ...] [--pages 161]: reads drawn pages, those of `fit-doubt` where no folder is named, with the
// model that ships, lines as traced, and fits how lines of doubtful leads lie about what is traced (`settleLines`), printed as source beside
// what is in use. About 2 s a page.
const { values, positionals } = parseArgs({
  options: { pages: { type: 'string', default: '161' } },
  allowPositionals: true,
});
const root = resolve(import.meta.dirname, '../..');
const records = join(root, '../shared/data/records/ptb-xl');
/** Below this a page was read wrongly, and its lines tell nothing of others. */
const LEAST_DB = 12;

if (!existsSync(records)) {
  console.log(`No records to draw pages of: ${records} does not exist.`);
  process.exit(0);
}
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
const folders =
  positionals.length > 0 ? positionals : [drawDoubtPages(root, records, join(root, 'out/doubt')).fitted];
const segment = pageSegmenter((await bundledModelFile())!);
const fit = createLineResponseFit();
const pages = (await Promise.all(folders.map((folder) => findReferencePages(resolve(folder))))).flat();
// Every kind of page is among the first ones, too.
const step = Math.max(1, Math.floor(pages.length / Number(values.pages)));
let taken = 0;
for (const { path, truth } of pages.filter((_, k) => k % step === 0)) {
  const { signals, layout } = await digitizePage(await decodePage(path, 0), { segment, asTraced: true });
  if (!layout || scorePage(truth, toLeadTable(signals)).snrDb < LEAST_DB) continue;
  const scale = { speed: layout.speedMmPerSecond, gain: layout.gainMmPerMillivolt };
  // Rows in millimetres, so that a page has one pixel per mm.
  fit.add(
    signals.flatMap((signal) => pairOf(signal, truth, scale) ?? []),
    1,
  );
  taken++;
}
console.log(`${taken} of ${pages.length} pages; in use and fitted:`);
for (const weights of [DOUBTFUL_LINES.weights, fit.solve()!.weights])
  console.log(`weights: [${weights.map((one) => one.toFixed(3)).join(', ')}]`);

/** A lead as it was read and as it is true, as lines in millimetres; null where the truth has no such lead. */
function pairOf(
  { lead, fs, startSeconds, millivolts, trust, cellId }: LeadSignal,
  truth: LeadTable,
  { speed, gain }: { readonly speed: number; readonly gain: number },
): LinePair | null {
  const column = truth.leads.get(lead);
  if (!column) return null;
  const known = resampleToClock(column, truth, { fs, startSeconds, count: millivolts.length });
  const { lagSamples, offset } = alignLead(
    known,
    Float64Array.from(millivolts),
    Math.trunc(MAX_LAG_SECONDS * fs),
  );
  const there = resampleToClock(column, truth, {
    fs,
    startSeconds: startSeconds + lagSamples / fs,
    count: millivolts.length,
  });
  const line = (rows: Float32Array): TracePath => ({
    cellId,
    x0: 0,
    y: rows,
    confidence: new Float32Array(rows.length).fill(1),
    bridged: new Uint8Array(rows.length),
    strokeWidthPx: 0,
    fineY: rows,
    samplesPerPx: fs / speed,
  });
  return {
    traced: line(millivolts.map((value) => value * gain)),
    accepted: line(Float32Array.from(there, (value) => (value + offset) * gain)),
    share: doubtShare(trust ?? 0),
  };
}
