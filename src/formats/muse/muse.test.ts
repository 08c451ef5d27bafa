import { describe, expect, it } from 'vitest';
import { expectTypedErrors } from '../../../tests/fixtures/hostile-bytes.ts';
import { LEAD_NAMES } from '../../shared/lead-name.ts';
import { toBase64 } from '../../shared/edit/base64.ts';
import { encodeNumbers } from '../signal/decode-numbers.ts';
import { readMuse } from './read-muse.ts';

const lead = (name: string, values: number[], unit = 'MICROVOLTS') => `<LeadData>
  <LeadAmplitudeUnitsPerBit>4.88</LeadAmplitudeUnitsPerBit><LeadAmplitudeUnits>${unit}</LeadAmplitudeUnits>
  <LeadID>${name}</LeadID><LeadOffsetFirstSample>0</LeadOffsetFirstSample><LeadSampleSize>2</LeadSampleSize>
  <WaveFormData>${toBase64(encodeNumbers(Int16Array.from(values))).replace(/.{4}/, '$&\n')}</WaveFormData></LeadData>`;

const file = (leads: string, extra = '') => `<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE RestingECG SYSTEM "restecg.dtd">
<RestingECG><PatientDemographics><PatientID>P-7</PatientID></PatientDemographics>
<TestDemographics><AcquisitionTime>13:14:15</AcquisitionTime><AcquisitionDate>02-29-2024</AcquisitionDate></TestDemographics>
<Waveform><WaveformType>Median</WaveformType></Waveform>
<Waveform><WaveformType>Rhythm</WaveformType><SampleBase>500</SampleBase><SampleExponent>0</SampleExponent>
${leads}</Waveform>${extra}</RestingECG>`;

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const EIGHT = ['I', 'II', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'];

describe('readMuse', () => {
  it('reads eight leads and computes the others', () => {
    const signal = readMuse(bytes(file(EIGHT.map((name, l) => lead(name, [100 * l, -l, 300])).join(''))));
    expect(signal).toMatchObject({ fs: 500, startTime: '2024-02-29T13:14:15', patientId: 'P-7' });
    expect(signal.leads.map(({ name }) => name)).toEqual([...LEAD_NAMES]);
    const [i, ii, iii, avr, avl, avf, v1] = signal.leads.map(({ millivolts }) => millivolts);
    expect(v1![0]).toBeCloseTo(0.976, 6);
    for (let k = 0; k < 3; k++) {
      expect(iii![k]).toBeCloseTo(ii![k]! - i![k]!, 6);
      expect(avr![k]! + avl![k]! + avf![k]!).toBeCloseTo(0, 6);
      expect(avf![k]).toBeCloseTo((ii![k]! + iii![k]!) / 2, 6);
    }
    expect(signal.remarks.join('\n')).toMatch(/Of 2 waveforms[^]*III, aVR, aVL, aVF are computed/);
  });

  it('keeps limb leads that are there', () => {
    const signal = readMuse(bytes(file(['I', 'II', 'III'].map((name) => lead(name, [1, 2])).join(''))));
    expect(signal.leads.map(({ name }) => name)).toEqual(['I', 'II', 'III', 'aVR', 'aVL', 'aVF']);
    expect(signal.leads[2]!.millivolts[1]).toBeCloseTo(0.00976, 8);
  });

  it.each([
    [file(lead('I', [1]).replace('<LeadSampleSize>2', '<LeadSampleSize>3')), /3 bytes/],
    [file(lead('I', [1]).replace('4.88', '')), /its scale/],
    [file(lead('I', [1, 2]).replace('</WaveFormData>', '!</WaveFormData>')), /no base64/],
    [file(lead('I', [1, 2]) + lead('II', [1])), /different lengths/],
    [file(''), /no lead/],
    ['<RestingECG/>', /no waveform/],
    ['<Other/>', /no resting ECG/],
  ])('refuses %#', (text, message) => {
    expect(() => readMuse(bytes(text))).toThrow(message);
  });

  it('refuses what is damaged with a reason', async () => {
    await expectTypedErrors(bytes(file(EIGHT.map((name) => lead(name, [1, 2, 3, 4])).join(''))), readMuse, {
      numRuns: 1000,
    });
  });
});
