import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cellMasks } from '../../core/synthesis/page/cell-masks.ts';
import { LEAD_NAMES, type LeadName } from '../../shared/lead-name.ts';
import { writePageTruth } from '../../formats/synthesis/page-truth-json.ts';
import { writeWfdb } from '../../formats/wfdb/write-wfdb.ts';
import { drawRandomPage } from './draw-random-page.ts';
import { findRecords } from './find-records.ts';
import { readEcgRecord } from './read-ecg-record.ts';
import type { SynthRecipe, SynthTask } from './synth-task.ts';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'tracewright-synth-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const RECIPE: SynthRecipe = {
  seed: 5,
  preset: 'mixed',
  wishes: { dpi: [100, 100] },
  heart: 'any',
  startSeconds: 0,
  format: 'png',
  maskUnplotted: false,
  masks: true,
};
const task = (name: string, recipe: Partial<SynthRecipe> = {}): SynthTask => ({
  recipe: { ...RECIPE, ...recipe },
  name,
  out: root,
  recordPath: null,
  overwrite: false,
});

describe('drawRandomPage', () => {
  it('depends on the seed and the name alone', () => {
    const bytes = (name: string, seed = 5) => Buffer.from(drawRandomPage(task(name, { seed })).raster.data);
    const first = bytes('a');
    expect(first.equals(bytes('a'))).toBe(true);
    expect(first.equals(bytes('b'))).toBe(false);
    expect(first.equals(bytes('a', 6))).toBe(false);
  });

  it.each(['plain', 'clean', 'scan', 'copy', 'photo', 'damaged', 'dotted-blue'] as const)(
    'keeps the truth on the ink of a %s page',
    (preset) => {
      const { raster, truth, showsPaper } = drawRandomPage(task(`ink-${preset}`, { preset }));
      const { width, height, channels } = raster;
      const level = (x: number, y: number) =>
        raster.data[(y * width + x) * channels + (channels === 3 ? 1 : 0)]!;
      const inside = (x: number, y: number) => x >= 3 && y >= 3 && x < width - 3 && y < height - 3;
      // The paper beside the trace: the lightest of the neighbours a few pixels above and below.
      let [darker, compared] = [0, 0];
      for (const { tracePx } of truth.cells) {
        for (let k = 0; k < tracePx.length; k += 14) {
          const [x, y] = [Math.round(tracePx[k]!), Math.round(tracePx[k + 1]!)];
          if (!inside(x, y - 6) || !inside(x, y + 6) || !showsPaper(x, y)) continue;
          compared++;
          const ink = Math.min(level(x, y), level(x, y - 1), level(x, y + 1));
          if (ink < Math.max(level(x, y - 6), level(x, y + 6)) - 8) darker++;
        }
      }
      expect(compared).toBeGreaterThan(300);
      expect(darker / compared).toBeGreaterThan(0.85);
    },
  );

  it('agrees with itself: masks, boxes, spans, signals, JSON', () => {
    const { raster, truth, page, record, seed } = drawRandomPage(task('whole', { preset: 'scan' }));
    const masks = cellMasks(truth.cells, raster.width, raster.height);
    truth.cells.forEach(({ traceBox, startSeconds, endSeconds, lead, role }, bit) => {
      let stray = 0;
      masks.forEach((bits, at) => {
        if ((bits & (1 << bit)) === 0) return;
        const [x, y] = [at % raster.width, Math.floor(at / raster.width)];
        if (x < traceBox.x0 || x >= traceBox.x1 || y < traceBox.y0 || y >= traceBox.y1) stray++;
      });
      expect(stray).toBe(0);
      const again = truth.cells.some((other) => other.lead === lead && other.role === 'rhythm');
      if (role === 'lead' && again) return;
      const column = truth.signals.leads.get(lead)!;
      const printed = column.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
      expect(printed / truth.signals.fs).toBeCloseTo(endSeconds - startSeconds, 2);
    });
    const origin = {
      image: 'whole.png',
      width: raster.width,
      height: raster.height,
      record: record.name,
      preset: 'scan',
      seed,
      recipe: '{}',
      page,
    };
    const json = JSON.parse(writePageTruth(truth, origin)) as {
      cells: { lead: string; trace_px: number[]; mask_bit: number }[];
      spans_s: Record<string, [number, number]>;
      corners_px: number[][];
    };
    expect(json.cells.map(({ lead }) => lead)).toEqual(truth.cells.map(({ lead }) => lead));
    expect(json.cells[0]!.trace_px).toHaveLength(truth.cells[0]!.tracePx.length);
    expect(json.corners_px).toHaveLength(4);
    expect(Object.keys(json.spans_s).sort()).toEqual([...truth.signals.leads.keys()].sort());
  });

  it('puts the lattice on the lines of the grid', () => {
    const { raster, truth } = drawRandomPage(
      task('lattice', { preset: 'plain', wishes: { dpi: [254, 254], header: 0, labels: false } }),
    );
    const { xs, ys } = truth.lattice!;
    const level = (x: number, y: number) =>
      raster.data[(Math.round(y) * raster.width + Math.round(x)) * 3 + 1]!;
    let [on, nodes] = [0, 0];
    for (let at = 0; at < xs.length; at++) {
      const [x, y] = [xs[at]!, ys[at]!];
      if (x < 30 || y < 30 || x > raster.width - 30 || y > raster.height - 30) continue;
      nodes++;
      if (level(x, y) < level(x + 5, y + 5) - 10) on++;
    }
    expect(on / nodes).toBeGreaterThan(0.98);
  });
});

describe('records', () => {
  const ramp = (scale: number, count = 1500) =>
    Float32Array.from({ length: count }, (_, i) => (scale * i) / count);
  const store = (
    folder: string,
    name: string,
    leads: readonly LeadName[],
    edit = (header: string) => header,
  ) => {
    mkdirSync(join(root, folder), { recursive: true });
    const table = new Map(leads.map((lead, k) => [lead, ramp(1 + k)] as const));
    const { header, data } = writeWfdb(name, { fs: 500, startSeconds: 0, leads: table });
    writeFileSync(join(root, folder, `${name}.hea`), edit(header));
    writeFileSync(join(root, folder, `${name}.dat`), data);
    return join(root, folder, `${name}.hea`);
  };

  it('are found in name order below folders, without hidden ones', async () => {
    for (const [folder, name] of [
      ['found/b', 'z'],
      ['found/a', 'y'],
      ['found', 'x'],
      ['found/.cache', 'w'],
    ]) {
      store(folder!, name!, LEAD_NAMES);
    }
    expect((await findRecords(join(root, 'found'))).map(({ name }) => name)).toEqual(['a/y', 'b/z', 'x']);
    await expect(findRecords(join(root, 'nowhere'))).rejects.toThrow(/no readable folder/i);
    mkdirSync(join(root, 'empty'));
    await expect(findRecords(join(root, 'empty'))).rejects.toThrow(/No WFDB header/);
  });

  it('are read in any spelling and unit, from any second', () => {
    const upper = (header: string) =>
      header.replace(/aVR$/m, 'AVR').replace(/II$/m, 'MLII').replaceAll('1000(0)/mV', '1(0)/uV');
    const record = readEcgRecord(store('spelled', 'r', LEAD_NAMES, upper), 0.5);
    expect([...record.leads.keys()]).toEqual([...LEAD_NAMES]);
    expect(record.leads.get('aVR')!.length).toBe(1250);
    expect(record.leads.get('aVR')![0]).toBeCloseTo((4 * 250) / 1500, 3);
  });

  it('are refused with the reason', () => {
    const renamed = store('refused', 'r', LEAD_NAMES, (header) => header.replace(/V3$/m, 'X'));
    expect(() => readEcgRecord(renamed, 0)).toThrow(/no lead V3/);
    const newtons = store('refused', 's', LEAD_NAMES, (header) => header.replace('/mV', '/N'));
    expect(() => readEcgRecord(newtons, 0)).toThrow(/in N, not in volts/);
    expect(() => readEcgRecord(store('refused', 't', LEAD_NAMES), 2)).toThrow(/1\.0 s from second 2/);
  });
});
