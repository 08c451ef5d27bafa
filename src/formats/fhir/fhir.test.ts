import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectTypedErrors } from '../../../tests/fixtures/hostile-bytes.ts';
import { plainSignal, someSignal } from '../../../tests/fixtures/some-signal.ts';
import { readFhir } from './read-fhir.ts';
import { writeFhir } from './write-fhir.ts';

const bytes = (value: string | object) =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));

describe('FHIR Observation', () => {
  it('brings back what was written to half a microvolt, and the same text again', () => {
    fc.assert(
      fc.property(someSignal({ rates: [100, 257, 360.5, 500] }), (signal) => {
        const text = writeFhir(signal);
        const back = readFhir(bytes(text));
        expect({ ...back, leads: [] }).toEqual({ ...signal, leads: [] });
        expect(back.leads.map(({ name }) => name)).toEqual(signal.leads.map(({ name }) => name));
        signal.leads.forEach(({ millivolts }, l) => {
          millivolts.forEach((value, i) => {
            const read = back.leads[l]!.millivolts[i]!;
            if (Number.isNaN(value)) expect(read).toBeNaN();
            else expect(Math.abs(read - value)).toBeLessThan(5.1e-4);
          });
        });
        expect(writeFhir(back)).toBe(text);
      }),
      { numRuns: 60 },
    );
  });

  it('has the codes of ISO/IEEE 11073', () => {
    const { component } = JSON.parse(writeFhir(plainSignal(20, { startSeconds: 1.5 }))) as {
      component: { code: { coding: { code: string; display: string }[] } }[];
    };
    expect(component.map(({ code }) => `${code.coding[0]!.code} ${code.coding[0]!.display}`)).toEqual([
      '131329 MDC_ECG_ELEC_POTL_I',
      '131330 MDC_ECG_ELEC_POTL_II',
      '131389 MDC_ECG_ELEC_POTL_III',
      '131390 MDC_ECG_ELEC_POTL_AVR',
      '131391 MDC_ECG_ELEC_POTL_AVL',
      '131392 MDC_ECG_ELEC_POTL_AVF',
      '131331 MDC_ECG_ELEC_POTL_V1',
      '131332 MDC_ECG_ELEC_POTL_V2',
      '131333 MDC_ECG_ELEC_POTL_V3',
      '131334 MDC_ECG_ELEC_POTL_V4',
      '131335 MDC_ECG_ELEC_POTL_V5',
      '131336 MDC_ECG_ELEC_POTL_V6',
    ]);
    expect(readFhir(bytes(writeFhir(plainSignal(20, { startSeconds: 1.5 })))).startSeconds).toBe(1.5);
  });

  it('reads R5 intervals, a Bundle, limits, offsets and leads of different lengths', () => {
    const sampled = (data: string) => ({
      origin: { value: 2048, unit: 'uV' },
      interval: 4,
      intervalUnit: 'ms',
      factor: 2,
      dimensions: 1,
      data,
    });
    const observation = {
      resourceType: 'Observation',
      id: 'o1',
      effectivePeriod: { start: '2024-02-29T13:14:15.123+01:00' },
      subject: { reference: 'Patient/7' },
      component: [
        {
          code: { coding: [{ code: 'x', display: 'MDC_ECG_LEAD_V3' }] },
          valueSampledData: sampled('-1024 E U L 0'),
        },
        { code: { text: 'Lead I' }, valueSampledData: sampled('-1024 1') },
        {
          code: { text: 'Pulse' },
          valueSampledData: { ...sampled('1 2'), origin: { value: 0, unit: 'bpm' } },
        },
        { code: { text: 'VCG' }, valueSampledData: { ...sampled('1 2 3'), dimensions: 3 } },
      ],
    };
    const signal = readFhir(
      bytes({
        resourceType: 'Bundle',
        entry: [{ resource: { resourceType: 'Patient' } }, { resource: observation }],
      }),
    );
    expect(signal).toMatchObject({
      fs: 250,
      startTime: '2024-02-29T13:14:15',
      recordId: 'o1',
      patientId: 'Patient/7',
    });
    expect(signal.leads.map(({ name, millivolts }) => [name, ...millivolts])).toEqual([
      ['V3', 0, NaN, NaN, NaN, Math.fround(2.048)],
      ['I', 0, Math.fround(2.05), NaN, NaN, NaN],
    ]);
    expect(signal.remarks.join('\n')).toMatch(/VCG is left out[^]*Pulse is left out/);
    const two = { resourceType: 'Bundle', entry: [{ resource: observation }, { resource: observation }] };
    expect(() => readFhir(bytes(two))).toThrow(/2 ECGs/);
    expect(() => readFhir(bytes({ resourceType: 'Patient' }))).toThrow(/no FHIR Observation/);
    expect(() => readFhir(bytes('null'))).toThrow(/no FHIR Observation/);
  });

  it('refuses what is damaged with a reason', async () => {
    await expectTypedErrors(bytes(writeFhir(plainSignal(30))), readFhir, { numRuns: 1000 });
  });
});
