import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { biosigChannels, hasBiosig } from '../../../tests/fixtures/biosig.ts';
import { expectTypedErrors } from '../../../tests/fixtures/hostile-bytes.ts';
import { plainSignal, someSignal } from '../../../tests/fixtures/some-signal.ts';
import { ecgSignal } from '../signal/ecg-signal.ts';
import { standardOrder } from '../signal/standard-order.ts';
import { readAecg } from './read-aecg.ts';
import { writeAecg } from './write-aecg.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('HL7 aECG', () => {
  it('brings back what was written to half a microvolt, and the same text again', () => {
    fc.assert(
      fc.property(someSignal({ rates: [100, 257, 360.5, 500] }), (signal) => {
        const text = writeAecg(signal);
        const back = readAecg(bytes(text));
        expect({ ...back, leads: [] }).toEqual({ ...signal, leads: [] });
        const leads = standardOrder(signal.leads);
        expect(back.leads.map(({ name }) => name)).toEqual(leads.map(({ name }) => name));
        leads.forEach(({ millivolts }, l) => {
          expect(back.leads[l]!.millivolts.length).toBe(millivolts.length);
          millivolts.forEach((value, i) => {
            const read = back.leads[l]!.millivolts[i]!;
            if (Number.isNaN(value)) expect(read).toBeNaN();
            else expect(Math.abs(read - value)).toBeLessThan(5.1e-4);
          });
        });
        expect(writeAecg(back)).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  it('has a sequence set for each column of a 3x4 page', () => {
    const column = (from: number) =>
      Float32Array.from({ length: 40 }, (_, i) => (i >= from && i < from + 10 ? 1 : NaN));
    const signal = ecgSignal({
      fs: 4,
      leads: ['I', 'II', 'III', 'aVR', 'aVL', 'aVF'].map((name, l) => ({
        name,
        millivolts: column(l < 3 ? 0 : 10),
      })),
    });
    const text = writeAecg(signal);
    expect(text.match(/<sequenceSet /g)).toHaveLength(2);
    expect(text).toContain('<head value="2.5" unit="s"/><increment value="0.25" unit="s"/>');
    expect(readAecg(bytes(text))).toEqual(signal);
  });

  it('reads absolute times, other units and other series beside the rhythm', () => {
    const set = (head: string, lead: string, digits: string) => `<component><sequenceSet>
      <component><sequence><code code="TIME_ABSOLUTE"/><value type="GLIST_TS"><head value="${head}"/>
      <increment value="4" unit="ms"/></value></sequence></component>
      <component><sequence><code code="MDC_ECG_LEAD_${lead}"/><value><origin value="1" unit="mV"/>
      <scale value="5" unit="uV"/><digits>\n${digits}\t</digits></value></sequence></component></sequenceSet></component>`;
    const signal = readAecg(
      bytes(`<h:AnnotatedECG xmlns:h="urn:hl7-org:v3"><h:component><series><code code="REPRESENTATIVE_BEAT"/></series>
      </h:component><h:component><series><code code="RHYTHM"/><effectiveTime><low value="20240229131415.25+0100"/>
      </effectiveTime>${set('20240229131415.25', 'V1', '200 -200')}${set('20240229131415.258', 'AVF', '0')}
      </series></h:component></h:AnnotatedECG>`),
    );
    expect(signal.fs).toBe(250);
    expect(signal.startTime).toBe('2024-02-29T13:14:15.250');
    expect(Object.fromEntries(signal.leads.map(({ name, millivolts }) => [name, [...millivolts]]))).toEqual({
      aVF: [NaN, NaN, 1],
      V1: [2, 0, NaN],
    });
    expect(signal.remarks.join()).toMatch(/Of 2 series/);
  });

  it('refuses what is damaged with a reason', async () => {
    await expectTypedErrors(bytes(writeAecg(plainSignal(30))), readAecg, { numRuns: 1000 });
    expect(() => readAecg(bytes('<a/>'))).toThrow(/no HL7 annotated ECG/);
  });

  it.skipIf(!hasBiosig)('is read by BioSig', () => {
    const whole = plainSignal(500);
    const leads = whole.leads.map(({ name, millivolts }) => ({
      name,
      millivolts: millivolts.map((v) => v || 0),
    }));
    const channels = biosigChannels(bytes(writeAecg({ ...whole, leads })), 'a.xml');
    leads.forEach(({ millivolts }, l) => {
      expect(channels[l]).toHaveLength(500);
      millivolts.forEach((value, i) => expect(Math.abs(channels[l]![i]! - 1000 * value)).toBeLessThan(0.6));
    });
  });
});
