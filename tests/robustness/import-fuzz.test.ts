import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PageMasks } from '../../src/core/mask/page-masks.ts';
import { createRandom, type Random } from '../../src/core/synthesis/random.ts';
import { toCocoPage, writeCoco } from '../../src/formats/coco/write-coco.ts';
import { writeLabelStudioTask } from '../../src/formats/label-studio/label-studio-tasks.ts';
import { writeNnunetDataset } from '../../src/formats/nnunet/nnunet-dataset.ts';
import { writeGrayLabelPng, writeMaskPng } from '../../src/formats/png-mask/write-mask-png.ts';
import { ecgSignal } from '../../src/formats/signal/ecg-signal.ts';
import { writeSignal } from '../../src/formats/signal-format.ts';
import { writeYoloLabels } from '../../src/formats/yolo/yolo-segments.ts';
import { planImport } from '../../src/main/import/plan-import.ts';
import { readPrintedSignal } from '../../src/main/import/known-signal-task.ts';
import { signalTask } from '../../src/main/import/signal-task.ts';
import { AppError } from '../../src/shared/app-error.ts';
import { LEAD_NAMES } from '../../src/shared/lead-name.ts';
import { SIGNAL_FORMATS } from '../../src/shared/signal-formats.ts';
import { SCP_DEFAULT_TABLE, SCP_HEADER, scpLeads, scpRecord, scpWaves } from '../fixtures/scp-record.ts';

/** Damaged files that are handed to the importers; FUZZ_FILES=10000 is what the promise was measured with. */
const FILES = Number(process.env['FUZZ_FILES'] ?? 400);
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);
const LONGEST_MS = 5000;
/** What stands in files outside of the imported folder, millivolts. */
const SECRET = 27.25;
/** Names that lead out of it. */
const ESCAPES = [
  '../secret',
  '/etc/passwd',
  '..\\secret',
  '../../secret.dat',
  'link.dat',
  '%2e%2e/secret',
  '\0',
];

const SIGNAL = ecgSignal({
  fs: 500,
  leads: LEAD_NAMES.map((name, i) => ({
    name,
    millivolts: Float32Array.from({ length: 300 }, (_, k) => 0.1 * i + 0.002 * (k % 100)),
  })),
  comments: ['a comment'],
});
const SIZE = { width: 12, height: 9 };
const PAGE: PageMasks = {
  ...SIZE,
  leads: (['I', 'aVF'] as const).map((lead, i) => ({
    ...{ cellId: `r${i}c0`, lead, role: 'lead', startSeconds: 0, endSeconds: 1 },
    mask: { x0: i, y0: 2, width: 3, height: 2, data: Uint8Array.of(1, 0, 1, 1, 1, 0) },
  })),
  outlines: [],
};
const MUSE = `<RestingECG><PatientDemographics><PatientID>7</PatientID></PatientDemographics><Waveform>
<WaveformType>Rhythm</WaveformType><SampleBase>500</SampleBase><SampleExponent>0</SampleExponent><LeadData><LeadID>I</LeadID>
<LeadAmplitudeUnitsPerBit>4.88</LeadAmplitudeUnitsPerBit><LeadAmplitudeUnits>MICROVOLTS</LeadAmplitudeUnits>
<WaveFormData>AAEAAgADAAQ=</WaveFormData></LeadData></Waveform></RestingECG>`;
const PAPER = JSON.stringify({
  schema: { name: 'paper-ecg-user-annotation', version: 0 },
  image: { name: 'a.png' },
  ...{ rotation: 0, timeScale: 25, voltageScale: 10 },
  leads: { I: { cropping: { x: 1, y: 2, width: 20, height: 40 }, start: 0 } },
});
const KIT = { sampling_frequency: 500, leads: [{ lead_name: 'I', start_sample: 0, end_sample: 99 }] };
const MULTI = 'm/2 2 500 300\nm1 150\nm2 150\n';
const SCP = scpRecord({
  sections: {
    1: SCP_HEADER,
    2: SCP_DEFAULT_TABLE,
    3: scpLeads([
      [1, 1, 20],
      [2, 1, 20],
    ]),
    6: scpWaves([new Array<number>(20).fill(3), new Array<number>(20).fill(5)], 2, 'huffman'),
  },
});
/** Whole files by their places; each is damaged in turn. */
const WHOLE: Readonly<Record<string, Uint8Array | string>> = {
  ...Object.fromEntries(
    SIGNAL_FORMATS.flatMap(({ id }) => {
      return writeSignal(id, SIGNAL, `${id}0`).map(({ suffix, bytes }) => [`signals/${id}0${suffix}`, bytes]);
    }),
  ),
  'signals/scp.scp': SCP,
  'signals/muse.xml': MUSE,
  'signals/bare.csv': `I,II\n${'0.1,0.2\n'.repeat(50)}`,
  'signals/m.hea': MULTI,
  'coco.json': writeCoco([toCocoPage(PAGE, 1, 'a.png')], ''),
  'ls.json': `[${writeLabelStudioTask(PAGE, 1, 'a.png')}]`,
  'nn/Dataset1_x/dataset.json': writeNnunetDataset(1, '', ''),
  'nn/Dataset1_x/labelsTr/a.png': writeGrayLabelPng(new Uint8Array(108).fill(1, 5, 40), SIZE),
  'masks/a/r0c0-aVF.png': writeMaskPng(PAGE.leads[0]!.mask, SIZE),
  'labels/a.txt': writeYoloLabels(PAGE),
  'paper.json': PAPER,
  'a.json': JSON.stringify(KIT),
  'train.csv': 'id,fs,sig_len\na,500,300\n',
  'test.csv': 'id,lead,fs,number_of_rows\na,II,500,300\n',
  'pairs.csv': 'scan,signal\na.png,edf0\n',
};
const PLACES = Object.keys(WHOLE);

/** A file with bytes changed, filled, cut out or repeated, or with a name in it that leads elsewhere. */
function damaged(file: Uint8Array | string, random: Random): Uint8Array {
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file;
  const at = (): number => {
    // Most of a file is samples; what breaks readers stands at its beginning.
    return random.integer(
      0,
      Math.max(0, Math.min(bytes.length, random.chance(0.6) ? 600 : bytes.length) - 1),
    );
  };
  const spliced = (from: number, to: number, put: Uint8Array): Uint8Array => {
    const result = new Uint8Array(from + put.length + bytes.length - to);
    result.set(bytes.subarray(0, from));
    result.set(put, from);
    result.set(bytes.subarray(to), from + put.length);
    return result;
  };
  const from = at();
  const to = Math.min(bytes.length, from + random.integer(1, 40));
  switch (random.integer(0, 6)) {
    case 0:
      return bytes.slice(0, from);
    case 1:
      return spliced(from, to, new Uint8Array(0));
    case 2:
      return spliced(from, from, bytes.subarray(0, from));
    case 3:
      return bytes.slice().fill(random.pick([0, 0x7f, 0x80, 0xff]), from, to);
    case 4:
      return spliced(from, to, new TextEncoder().encode(random.pick(ESCAPES)));
    case 5:
      return spliced(
        from,
        to,
        new TextEncoder().encode(random.pick(['1e999', '-1', '99999999999', '[', '"', '<'])),
      );
    default: {
      const result = bytes.slice();
      for (let n = random.integer(1, 8); n > 0; n--) result[at()] = random.integer(0, 255);
      return result;
    }
  }
}

let root = '';
beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'tracewright-import-fuzz-')));
  const secret = {
    ...SIGNAL,
    leads: SIGNAL.leads.map(({ name }) => ({ name, millivolts: new Float32Array(300).fill(SECRET) })),
  };
  for (const { suffix, bytes } of writeSignal('wfdb', secret, 'secret')) {
    writeFileSync(join(root, `secret${suffix}`), bytes);
  }
  mkdirSync(join(root, 'in'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test(
  `${FILES} damaged files are read or refused in words, quickly, and lead nowhere else`,
  async () => {
    const random = createRandom(SEED);
    const slow: string[] = [];
    const leaks: string[] = [];
    let tried = 0;
    let read = 0;
    for (let round = 0; tried < FILES; round++) {
      const folder = join(root, 'in', 'folder');
      rmSync(folder, { recursive: true, force: true });
      for (const place of [
        'a.png',
        ...PLACES.map((path) => path.replace(/^signals\/(.*?)0?\..*$/, 'scans/$1.png')),
      ]) {
        mkdirSync(dirname(join(folder, place)), { recursive: true });
        if (place.endsWith('.png')) writeFileSync(join(folder, place), '');
      }
      // As many scans as recordings, so that each of these is read.
      for (const id of SIGNAL_FORMATS.map(({ id }) => `${id}0`))
        writeFileSync(join(folder, `scans/${id}.png`), '');
      for (const place of PLACES) {
        const path = join(folder, place);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, damaged(WHOLE[place]!, random));
        tried++;
      }
      symlinkSync(join(root, 'secret.dat'), join(folder, 'signals/link.dat'));
      symlinkSync(root, join(folder, 'out'));
      const guarded = async (what: string, work: () => Promise<unknown>): Promise<void> => {
        const before = performance.now();
        try {
          await work();
          read++;
        } catch (thrown) {
          if (!(thrown instanceof AppError) || thrown.code === 'internal') {
            throw new Error(`${what} of round ${round}, seed ${SEED}: ${String(thrown)}`, { cause: thrown });
          }
        }
        if (performance.now() - before > LONGEST_MS) slow.push(`${what} of round ${round}`);
      };
      await guarded('the list of pairs', () => planImport(folder, { pairList: join(folder, 'pairs.csv') }));
      const before = performance.now();
      const plan = await planImport(folder);
      if (performance.now() - before > LONGEST_MS) slow.push(`the folder of round ${round}`);
      for (const pair of plan.pairs) {
        await guarded(pair.signal.path, async () => {
          const { table } = await readPrintedSignal(signalTask(plan, pair, 10));
          for (const [lead, values] of table.leads) {
            if (values.filter((value) => Math.abs(value - SECRET) < 0.01).length > 100)
              leaks.push(`${lead} of ${pair.signal.path}`);
          }
        });
      }
      for (const { load, from } of [...plan.masks.values()].flat()) await guarded(from, load);
      expect(plan.scans.every((scan) => !scan.startsWith('out/') && !scan.includes('..'))).toBe(true);
    }
    expect(slow).toEqual([]);
    expect(leaks).toEqual([]);
    expect(read).toBeGreaterThan(FILES / 20);
    expect(readdirSync(root).sort()).toEqual(['in', 'secret.dat', 'secret.hea']);
  },
  30_000 + FILES * 200,
);
