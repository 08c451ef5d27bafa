import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { biosigChannels, hasBiosig } from '../../../tests/fixtures/biosig.ts';
import { expectTypedErrors } from '../../../tests/fixtures/hostile-bytes.ts';
import {
  SCP_DEFAULT_TABLE,
  SCP_HEADER,
  scpBeats,
  scpLeads,
  scpRecord,
  scpWaves,
} from '../../../tests/fixtures/scp-record.ts';
import { decodeHuffman, DEFAULT_TABLE } from './huffman.ts';
import { readScp } from './read-scp.ts';

const bitsOf = (text: string) => {
  const bits = text.replace(/ /g, '').padEnd(80, '0');
  return Uint8Array.from(bits.match(/.{8}/g)!, (byte) => parseInt(byte, 2));
};
const inUnits = (millivolts: Float32Array) => Array.from(millivolts, (v) => Math.round(v / 0.0025));

describe('Huffman code', () => {
  it('has the default table of the standard', () => {
    const bytes = bitsOf('0 100 101 1100 11101 1111111101 1111111110 10000000 1111111111 0111111111111111');
    expect([...decodeHuffman(bytes, 8, [DEFAULT_TABLE])]).toEqual([0, 1, -1, 2, -3, -8, -128, 32767]);
    expect(DEFAULT_TABLE).toHaveLength(19);
  });

  it('switches tables, and refuses what is no code', () => {
    const code = (prefix: number, value: number, isValue = true) => ({
      prefixBits: 1,
      totalBits: 1,
      isValue,
      value,
      prefix,
    });
    const tables = [
      [code(0, 7), code(1, 2, false)],
      [code(0, 9), code(1, 1, false)],
    ];
    expect([...decodeHuffman(bitsOf('0 1 0 0 1 0'), 4, tables)]).toEqual([7, 9, 9, 7]);
    expect(() => decodeHuffman(bitsOf('1'), 1, [[code(1, 3, false)]])).toThrow(/table 3/);
    expect(() => decodeHuffman(bitsOf('1'), 1, [[code(0, 3)]])).toThrow(/no Huffman code/);
    expect(() => decodeHuffman(bitsOf('1'), 100, [[code(0, 3), code(1, 1, false)]])).toThrow(/early/);
  });
});

describe('readScp', () => {
  it('reads every encoding alike', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: -4000, max: 4000 }), { minLength: 20, maxLength: 20 }), {
          minLength: 2,
          maxLength: 4,
        }),
        fc.constantFrom(0, 1, 2),
        fc.constantFrom('huffman', 'plain'),
        (leads, differences, code) => {
          const record = scpRecord({
            sections: {
              1: SCP_HEADER,
              2: code === 'huffman' ? SCP_DEFAULT_TABLE : [0, 0],
              3: scpLeads(leads.map((_, l) => [l + 3, 1, 20])),
              6: scpWaves(leads, differences as 0 | 1 | 2, code as 'huffman' | 'plain'),
            },
          });
          const signal = readScp(record);
          expect(signal).toMatchObject({
            fs: 500,
            startTime: '2024-02-29T13:14:15',
            patientId: 'P-7',
            remarks: [],
          });
          expect(signal.leads.map(({ name }) => name)).toEqual(leads.map((_, l) => `V${l + 1}`));
          expect(signal.leads.map(({ millivolts }) => inUnits(millivolts))).toEqual(leads);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('computes limb leads, and places leads that begin later', () => {
    const record = scpRecord({
      sections: {
        3: scpLeads([
          [1, 1, 3],
          [2, 1, 3],
          [9, 2, 4],
        ]),
        6: scpWaves(
          [
            [1, 2, 3],
            [5, 6, 7],
            [8, 8, 8],
          ],
          0,
          'plain',
        ),
      },
    });
    const signal = readScp(record);
    expect(signal.leads.map(({ name }) => name)).toEqual(['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'lead 9']);
    expect(inUnits(signal.leads[2]!.millivolts)).toEqual([4, 4, 4, NaN]);
    expect(inUnits(signal.leads[6]!.millivolts)).toEqual([NaN, 8, 8, 8]);
    expect(signal.remarks.join()).toMatch(/computed from I and II/);
  });

  it('adds reference beats again, and refuses what is thinned out', () => {
    const beat = [1, 5, 9, 5, 1];
    const sections = {
      2: SCP_DEFAULT_TABLE,
      3: scpLeads([[3, 1, 12]], true),
      4: scpBeats(10, 3, [
        [2, 4, 6],
        [8, 10, 12],
      ]),
      5: scpWaves([beat], 1, 'huffman'),
      6: scpWaves([[0, 0, 0, 1, 0, 0, 7, 0, 0, 0, 0, 0]], 2, 'huffman'),
    };
    expect(inUnits(readScp(scpRecord({ sections })).leads[0]!.millivolts)).toEqual([
      0, 1, 5, 10, 5, 1, 7, 1, 5, 9, 5, 1,
    ]);
    const thinned = { ...sections, 6: scpWaves([[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]], 2, 'huffman', 1) };
    expect(() => readScp(scpRecord({ sections: thinned }))).toThrow(/bimodal/);
    const without = { 2: SCP_DEFAULT_TABLE, 3: sections[3], 4: sections[4], 6: sections[6] };
    expect(() => readScp(scpRecord({ sections: without }))).toThrow(/lacks the reference beat/);
  });

  it('refuses what is damaged with a reason, and says when the checksum does not hold', async () => {
    const record = scpRecord({
      sections: {
        1: SCP_HEADER,
        2: SCP_DEFAULT_TABLE,
        3: scpLeads(
          [
            [1, 1, 40],
            [2, 1, 40],
          ],
          true,
        ),
        4: scpBeats(10, 3, [[2, 4, 6]]),
        5: scpWaves(
          [
            [1, 5, 9, 5, 1],
            [1, 5, 9, 5, 1],
          ],
          1,
          'huffman',
        ),
        6: scpWaves(
          [1, 2].map((l) => Array.from({ length: 40 }, (_, i) => (i * l) % 11)),
          2,
          'huffman',
        ),
      },
    });
    await expectTypedErrors(record, readScp, { numRuns: 2000 });
    record[1]! ^= 1;
    expect(readScp(record).remarks.join()).toMatch(/checksum/);
  });

  it.skipIf(!hasBiosig)('reads a Huffman-coded record as BioSig does', () => {
    const waves = [3, 5].map((l) =>
      Array.from({ length: 500 }, (_, i) => Math.round(300 * Math.sin(i / 9 + l))),
    );
    const record = scpRecord({
      sections: {
        1: SCP_HEADER,
        2: SCP_DEFAULT_TABLE,
        3: scpLeads([
          [3, 1, 500],
          [4, 1, 500],
        ]),
        6: scpWaves(waves, 2, 'huffman'),
      },
    });
    const channels = biosigChannels(record, 'a.scp').slice(0, 2);
    const ours = readScp(record).leads.map(({ millivolts }) => inUnits(millivolts));
    expect(ours).toEqual(waves);
    expect(channels.map((values) => values.map((v) => Math.round(v / 2.5)))).toEqual(ours);
  });
});
