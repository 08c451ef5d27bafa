import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readSignal, signalReaderOf } from '../../src/formats/read-signal.ts';
import { writeSignal } from '../../src/formats/signal-format.ts';
import { ecgSignal } from '../../src/formats/signal/ecg-signal.ts';
import { LEAD_NAMES } from '../../src/shared/lead-name.ts';
import { SIGNAL_FORMATS } from '../../src/shared/signal-formats.ts';

const FOLDER = fileURLToPath(new URL('./signals/', import.meta.url));
/** Set it to write the files anew after a change of a format that is meant. */
const RENEW = process.env['TRACEWRIGHT_RENEW_GOLDEN'] === '1';

/** Whole microvolts without a function of the platform in them; a 3x4 page of 0.4 s with a rhythm strip of II. */
const millivolts = (l: number) =>
  Float32Array.from({ length: 100 }, (_, i) => {
    const seen = l === 1 || Math.floor(i / 25) === Math.floor(l / 3);
    return seen ? (((i * 37 + l * 101) % 401) - 200) / 125 : NaN;
  });

const signal = ecgSignal({
  fs: 250,
  startTime: '2024-02-29T13:14:15',
  recordId: 'golden',
  patientId: 'P-7',
  comments: ['Made for a test'],
  leads: LEAD_NAMES.map((name, l) => ({ name, millivolts: millivolts(l) })),
});

describe.each(SIGNAL_FORMATS.map(({ id }) => id))('%s', (id) => {
  const files = writeSignal(id, signal, 'golden').map(({ suffix, bytes }) => ({
    path: `${FOLDER}golden${suffix}`,
    bytes: Buffer.from(bytes),
  }));

  it('is written byte by byte as it was', () => {
    for (const { path, bytes } of files) {
      if (RENEW) writeFileSync(path, bytes);
      expect(existsSync(path)).toBe(true);
      expect(readFileSync(path).equals(bytes)).toBe(true);
    }
  });

  it('is read as what it was written from', () => {
    const bytes = readFileSync(files.at(-1)!.path);
    const back = readSignal(bytes, id, {
      fs: 250,
      leadNames: LEAD_NAMES,
      readFile: (name) => readFileSync(FOLDER + name),
    });
    expect(back.fs).toBe(250);
    for (const [l, lead] of signal.leads.entries()) {
      const read = back.leads[l]!;
      expect(read.name).toBe(lead.name);
      expect([...read.millivolts]).toEqual(
        [...lead.millivolts].map((v) => (Number.isNaN(v) ? NaN : expect.closeTo(v, 5))),
      );
    }
  });
});

describe('files of other programs', () => {
  it.each([
    ['default-huffman.scp', 'scp', ['V1', 'V2']],
    ['muse.xml', 'muse', ['I', 'II', 'III', 'aVR', 'aVL', 'aVF']],
    ['format-310.hea', 'wfdb', ['I', 'II', 'III']],
    ['arrow-dictionary.parquet', 'parquet', ['I', 'II']],
    ['arrow-zstd.parquet', 'parquet', ['I', 'II']],
  ])('%s is read', (name, kind, leads) => {
    const bytes = readFileSync(FOLDER + name);
    expect(signalReaderOf(bytes)?.id).toBe(kind);
    const read = readSignal(bytes, name, { readFile: (file) => readFileSync(FOLDER + file) });
    expect(read.leads.map((lead) => lead.name)).toEqual(leads);
    expect(read.fs).toBe(500);
    // A saw tooth of whole units of 5 microvolts, each lead ten higher than the last.
    read.leads.slice(0, 2).forEach((lead, l) => {
      expect([...lead.millivolts]).toEqual(
        Array.from({ length: 40 }, (_, i) => expect.closeTo((((i * 7) % 23) + 10 * l) * 0.005, 6)),
      );
    });
  });
});
