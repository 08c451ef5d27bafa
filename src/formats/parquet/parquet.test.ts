import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { expectTypedErrors } from '../../../tests/fixtures/hostile-bytes.ts';
import { plainSignal, someSignal } from '../../../tests/fixtures/some-signal.ts';
import { readHybrid } from './read-hybrid.ts';
import { readParquet } from './read-parquet.ts';
import { writeParquet } from './write-parquet.ts';

describe('Parquet', () => {
  it('brings everything back, and the same bytes again', () => {
    fc.assert(
      fc.property(someSignal({ rates: [100, 360.5, 500], limit: 100 }), (signal) => {
        const bytes = writeParquet(signal);
        const back = readParquet(bytes);
        expect(back).toEqual(signal);
        expect(writeParquet(back)).toEqual(bytes);
      }),
      { numRuns: 60 },
    );
  });

  it('is read by hyparquet: doubles, floats and nulls', async () => {
    const signal = plainSignal(400);
    const file = writeParquet(signal).slice().buffer;
    expect(parquetMetadata(file).schema.slice(1, 3)).toMatchObject([
      { name: 'time_s', type: 'DOUBLE', repetition_type: 'REQUIRED' },
      { name: 'I', type: 'FLOAT', repetition_type: 'OPTIONAL' },
    ]);
    const rows = await parquetReadObjects({ file });
    expect(rows).toHaveLength(400);
    expect(rows[3]).toMatchObject({ time_s: 3 / 500, I: null });
    expect(rows[399]!['V6']).toBe(signal.leads[11]!.millivolts[399]);
  });

  it('reads tables of others, in several row groups, and what is no number is left out', () => {
    const file = parquetWriteBuffer({
      columnData: [
        { name: 'Time [ms]', data: Int32Array.from({ length: 2500 }, (_, i) => 4 * i), type: 'INT32' },
        {
          name: 'MDC_ECG_LEAD_V2 (uV)',
          data: Array.from({ length: 2500 }, (_, i) => BigInt(i % 9)),
          type: 'INT64',
        },
        { name: 'note', data: Array.from({ length: 2500 }, () => 'x'), type: 'STRING' },
      ],
      rowGroupSize: 1000,
      codec: 'UNCOMPRESSED',
    });
    const signal = readParquet(new Uint8Array(file));
    expect(signal.fs).toBe(250);
    expect(signal.leads.map(({ name }) => name)).toEqual(['V2']);
    expect([...signal.leads[0]!.millivolts]).toEqual(
      Array.from({ length: 2500 }, (_, i) => Math.fround((i % 9) / 1000)),
    );
    expect(signal.remarks.join()).toMatch(/"note" is left out/);
  });

  it('reads runs and packed bits as the specification has them', () => {
    // The example of the specification: 0 to 7 in three bits.
    expect([...readHybrid(Uint8Array.of(0x03, 0x88, 0xc6, 0xfa), 3, 8)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect([...readHybrid(Uint8Array.of(10, 7, 3, 0xff), 1, 8)]).toEqual([7, 7, 7, 7, 7, 1, 1, 1]);
    expect(() => readHybrid(Uint8Array.of(0, 1), 1, 8)).toThrow(/empty run/);
    expect(() => readHybrid(Uint8Array.of(10), 1, 8)).toThrow(/early/);
  });

  it('refuses what is damaged with a reason', async () => {
    const good = writeParquet(plainSignal(100));
    await expectTypedErrors(good, readParquet, { numRuns: 1500 });
  });

  it.each(['arrow-zstd.parquet', 'arrow-dictionary.parquet'])(
    'refuses %s when it is damaged',
    async (name) => {
      const golden = new URL(`../../../tests/golden/signals/${name}`, import.meta.url);
      await expectTypedErrors(readFileSync(golden), readParquet, { numRuns: 1500 });
    },
  );
});
