import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LeadSignal } from '../../core/signal/lead-signal.ts';
import { LEAD_NAMES, type LeadName } from '../../shared/lead-name.ts';
import { readLeadTableCsv } from './read-lead-table-csv.ts';
import { toLeadTable } from '../../core/metrics/to-lead-table.ts';
import { writeLeadTableCsv } from './write-lead-table-csv.ts';

const HEADER = 'time_s,I,II,III,aVR,aVL,aVF,V1,V2,V3,V4,V5,V6';

function signal(lead: LeadName, startSeconds: number, values: number[], role: LeadSignal['role'] = 'lead') {
  return {
    cellId: `${lead}-${role}`,
    lead,
    role,
    startSeconds,
    fs: 500,
    millivolts: Float32Array.from(values),
    confidence: new Float32Array(values.length).fill(1),
  };
}

describe('toLeadTable', () => {
  it('places each lead at its page time and keeps the longer of two', () => {
    const table = toLeadTable([
      signal('II', 0, [9, 9]),
      signal('II', 0, [1, 2, 3, 4, 5], 'rhythm'),
      signal('aVR', 0.004, [7, 8]),
    ]);
    expect([...table.leads.get('II')!]).toEqual([1, 2, 3, 4, 5]);
    expect([...table.leads.get('aVR')!]).toEqual([NaN, NaN, 7, 8, NaN]);
    expect([...table.leads.keys()]).toEqual(['II', 'aVR']);
  });

  it('prefers the rhythm strip among equals, and what was traced over what is only long', () => {
    const equal = toLeadTable([signal('II', 0, [1, 1], 'rhythm'), signal('II', 0, [2, 2])]);
    expect([...equal.leads.get('II')!]).toEqual([1, 1]);
    const lost = toLeadTable([signal('V1', 0, [1, 1]), signal('V1', 0, [NaN, NaN, 3], 'rhythm')]);
    expect([...lost.leads.get('V1')!.subarray(0, 2)]).toEqual([1, 1]);
  });

  it('cuts what lies before page time 0 and refuses mixed rates', () => {
    expect([...toLeadTable([signal('I', -0.004, [1, 2, 3])]).leads.get('I')!]).toEqual([3]);
    expect(() => toLeadTable([signal('I', 0, [1]), { ...signal('II', 0, [1]), fs: 250 }])).toThrow(/250 Hz/);
  });
});

describe('writeLeadTableCsv', () => {
  it('writes the exact bytes of the documented format', () => {
    const text = writeLeadTableCsv({
      fs: 500,
      startSeconds: 0,
      leads: new Map<LeadName, Float32Array>([
        ['V6', Float32Array.from([NaN, 1.23456])],
        ['I', Float32Array.from([-0.00001, -1.5])],
      ]),
    });
    expect(text).toBe(`${HEADER}\n0.0000,0.0000,,,,,,,,,,,\n0.0020,-1.5000,,,,,,,,,,,1.2346\n`);
  });

  it('adds decimals to the time where four are not exact', () => {
    const leads = new Map<LeadName, Float32Array>([['I', new Float32Array(2)]]);
    expect(writeLeadTableCsv({ fs: 360, startSeconds: 0, leads })).toContain('\n0.002778,');
  });
});

describe('readLeadTableCsv', () => {
  it('reads what was written, to half a unit of the fourth decimal', () => {
    const column = fc.array(fc.option(fc.double({ min: -30, max: 30, noNaN: true }), { nil: NaN, freq: 4 }), {
      minLength: 2,
      maxLength: 40,
    });
    fc.assert(
      fc.property(
        fc.constantFrom(100, 240, 250, 360, 500, 512, 1000),
        fc.dictionary(fc.constantFrom(...LEAD_NAMES), column, { minKeys: 1 }),
        (fs, columns) => {
          const leads = new Map(
            Object.entries(columns).map(([name, v]) => [name as LeadName, Float32Array.from(v)]),
          );
          const back = readLeadTableCsv(writeLeadTableCsv({ fs, startSeconds: 0, leads }));
          expect(back.fs).toBeCloseTo(fs, 2);
          for (const [lead, values] of leads) {
            const read = back.leads.get(lead);
            for (let i = 0; i < values.length; i++) {
              const value = read ? read[i]! : NaN;
              if (Number.isNaN(values[i]!)) expect(value).toBeNaN();
              else expect(Math.abs(value - values[i]!)).toBeLessThan(6e-5);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('takes columns in any order, CRLF and a byte order mark', () => {
    const table = readLeadTableCsv('\uFEFFV1,time_s,note\r\n0.5,0.25,x\r\n,0.254,y\r\n');
    expect(table.fs).toBe(250);
    expect(table.startSeconds).toBe(0.25);
    expect([...table.leads]).toEqual([['V1', Float32Array.from([0.5, NaN])]]);
  });

  it.each([
    ['I,II\n1,2\n', /no time_s column/],
    ['', /no time_s column/],
    ['time_s,I\n0,1,2\n', /Line 2 .* 3 values .* 2/],
    ['time_s,I\n0,1\n0.002,abc\n', /Line 3 .*"abc"/],
    ['time_s,I\n0,1\n0,1\n', /does not grow/],
  ])('refuses %j with the reason', (text, message) => {
    expect(() => readLeadTableCsv(text)).toThrow(message);
  });
});
