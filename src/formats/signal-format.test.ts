import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectTypedErrors } from '../../tests/fixtures/hostile-bytes.ts';
import { plainSignal } from '../../tests/fixtures/some-signal.ts';
import { AppError } from '../shared/app-error.ts';
import { LEAD_NAMES } from '../shared/lead-name.ts';
import { SIGNAL_FORMATS } from '../shared/signal-formats.ts';
import { readSignal, signalReaderOf } from './read-signal.ts';
import { writeSignal, type SignalFile } from './signal-format.ts';

const bytesOf = ({ bytes }: SignalFile) =>
  typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;

describe.each(SIGNAL_FORMATS.map(({ id, suffixes }) => ({ id, suffixes })))('$id', ({ id, suffixes }) => {
  const signal = plainSignal(600);
  const files = writeSignal(id, signal, 'rec-1');
  const main = files[files.length - 1]!;
  const readFile = () => bytesOf(files[0]!);

  it('is written as files of its suffixes, the same each time', () => {
    expect(files.map(({ suffix }) => suffix)).toEqual(suffixes);
    expect(writeSignal(id, signal, 'rec-1')).toEqual(files);
  });

  it('is known by its content and read back to half a microvolt', () => {
    const names = id === 'npy' ? LEAD_NAMES : undefined;
    const back = readSignal(bytesOf(main), 'x', { readFile, fs: 500, leadNames: names });
    expect(back.fs).toBe(500);
    expect(back.leads.map(({ name }) => name)).toEqual([...LEAD_NAMES]);
    for (const [l, { millivolts }] of signal.leads.entries()) {
      millivolts.forEach((value, i) => {
        const read = back.leads[l]!.millivolts[i]!;
        if (Number.isNaN(value)) expect(read).toBeNaN();
        else expect(Math.abs(read - value)).toBeLessThan(5.1e-4);
      });
    }
    expect(writeSignal(id, { ...back, recordId: signal.recordId }, 'rec-1')).toEqual(files);
  });

  it('is refused by name when it is damaged', async () => {
    await expectTypedErrors(
      bytesOf(main),
      (bytes) => {
        try {
          readSignal(bytes, 'damaged.bin', { readFile });
        } catch (thrown) {
          expect((thrown as AppError).message).toContain('"damaged.bin"');
          throw thrown;
        }
      },
      { numRuns: 150 },
    );
  });
});

describe('readSignal', () => {
  it('refuses what it does not know, and headers that point elsewhere', () => {
    expect(() => readSignal(Uint8Array.of(1, 2, 3), 'x.bin')).toThrow(
      /"x.bin" is no recording.*SCP-ECG, EDF/,
    );
    expect(() => readSignal(new Uint8Array(0), 'x')).toThrow(/no recording/);
    const header = (file: string) => new TextEncoder().encode(`r 1 500 1\n${file} 16 1000 16 0 0 0 0 I\n`);
    expect(() => readSignal(header('r.dat'), 'r.hea')).toThrow(/"r.hea": The samples are in "r.dat"/);
    for (const file of ['../r.dat', '/etc/passwd', 'a\\b', '..']) {
      expect(() => readSignal(header(file), 'r.hea', { readFile: () => new Uint8Array(2) })).toThrow(
        /no file beside it/,
      );
    }
  });

  it('never takes a page for a recording', () => {
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13);
    expect(signalReaderOf(png)).toBeNull();
    expect(signalReaderOf(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16))).toBeNull();
  });

  it('answers any bytes with a recording or a reason', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
        try {
          readSignal(bytes, 'x');
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(AppError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
