import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectTypedErrors } from '../../../tests/fixtures/hostile-bytes.ts';
import { askPython, hasProgram, pythonWith } from '../../../tests/fixtures/independent-reader.ts';
import { plainSignal, someSignal } from '../../../tests/fixtures/some-signal.ts';
import { tempDir } from '../../../tests/fixtures/temp-dir.ts';
import { LEAD_NAMES } from '../../shared/lead-name.ts';
import { hashUid } from '../signal/hash-uid.ts';
import { readDicomWaveform } from './read-dicom-waveform.ts';
import { writeDicom } from './write-dicom.ts';

const pydicom = pythonWith('pydicom, numpy') ?? pythonWith('pydicom');

describe('DICOM waveform', () => {
  it('brings back what was written to half a microvolt, and the same bytes again', () => {
    fc.assert(
      fc.property(someSignal({ rates: [100, 257, 360.5, 500, 2000] }), (signal) => {
        const bytes = writeDicom(signal);
        const back = readDicomWaveform(bytes);
        expect({ ...back, leads: [] }).toEqual({ ...signal, leads: [] });
        expect(back.leads.map(({ name }) => name)).toEqual(signal.leads.map(({ name }) => name));
        signal.leads.forEach(({ millivolts }, l) => {
          millivolts.forEach((value, i) => {
            const read = back.leads[l]!.millivolts[i]!;
            if (Number.isNaN(value)) expect(read).toBeNaN();
            else expect(Math.abs(read - value)).toBeLessThan(5.1e-4);
          });
        });
        expect(writeDicom(back)).toEqual(bytes);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps a clock that does not start at 0, milliseconds and letters of all kinds', () => {
    const signal = plainSignal(20, {
      startSeconds: 2.5,
      startTime: '2024-02-29T13:14:15.250',
      recordId: '心电图',
      comments: ['Müller\nsecond line'],
    });
    const back = readDicomWaveform(writeDicom(signal));
    expect({ ...back, leads: [] }).toEqual({ ...signal, leads: [] });
  });

  it('reads the deflated transfer syntax, and other sensitivities', () => {
    const bytes = Buffer.from(writeDicom(plainSignal(20)));
    const start = 132 + 12 + bytes.readUInt32LE(140);
    const syntax = bytes.indexOf('1.2.840.10008.1.2.1\0');
    const meta = Buffer.from(bytes.subarray(0, start));
    // One character more makes the meta group two bytes longer.
    const longer = Buffer.concat([
      meta.subarray(0, syntax - 2),
      Buffer.from([22, 0]),
      Buffer.from('1.2.840.10008.1.2.1.99'),
      meta.subarray(syntax + 20),
    ]);
    longer.writeUInt32LE(longer.length - 144, 140);
    const deflated = Buffer.concat([longer, deflateRawSync(bytes.subarray(start))]);
    expect(readDicomWaveform(deflated).leads).toEqual(readDicomWaveform(bytes).leads);
    const coarse = Buffer.from(bytes);
    const sensitivity = coarse.indexOf(Buffer.from([0x3a, 0x00, 0x10, 0x02]));
    coarse.write('5 ', sensitivity + 8);
    expect(readDicomWaveform(coarse).leads[0]!.millivolts[15]).toBeCloseTo(
      5 * readDicomWaveform(bytes).leads[0]!.millivolts[15]!,
      5,
    );
  });

  it('makes identifiers of content', () => {
    expect(hashUid(new TextEncoder().encode('hello'), 0)).toMatch(/^2\.25\.\d{30,39}$/);
    expect(hashUid(Uint8Array.of(1), 0)).not.toBe(hashUid(Uint8Array.of(1), 1));
    expect(hashUid(Uint8Array.of(1), 0)).not.toBe(hashUid(Uint8Array.of(1, 0), 0));
  });

  it('refuses what is damaged with a reason', async () => {
    await expectTypedErrors(writeDicom(plainSignal(30)), readDicomWaveform, { numRuns: 1500 });
  });

  it.skipIf(!hasProgram('dcmdump'))('is read by DCMTK without a warning', () => {
    const path = join(tempDir(), 'a.dcm');
    writeFileSync(path, writeDicom(plainSignal(100)));
    const text = execFileSync('dcmdump', ['-q', '+P', '003a,0203', '+P', '0008,0016', path], {
      encoding: 'utf8',
    });
    expect(text).toContain('TwelveLeadECGWaveformStorage');
    expect([...text.matchAll(/SH \[(\w+)\s*\]/g)].map((match) => match[1])).toEqual([...LEAD_NAMES]);
  });

  it.skipIf(!pydicom)('is read by pydicom', () => {
    const signal = plainSignal(100);
    const script = `
import pydicom, struct
d = pydicom.dcmread(path)
w = d.WaveformSequence[0]
n = w.NumberOfWaveformChannels
v = struct.unpack('<%dh' % (n * w.NumberOfWaveformSamples), w.WaveformData)
names = [c.ChannelSourceSequence[0].CodeMeaning for c in w.ChannelDefinitionSequence]
print(json.dumps([d.Modality, d.PatientID, float(w.SamplingFrequency), names, list(v[1::n])]))`;
    const [modality, patient, fs, names, lead] = askPython(
      pydicom!,
      script,
      writeDicom(signal),
      'a.dcm',
    ) as unknown[];
    expect([modality, patient, fs]).toEqual(['ECG', 'P-7', 500]);
    expect(names).toEqual(LEAD_NAMES.map((name) => `Lead ${name}`));
    expect(lead).toEqual(
      [...signal.leads[1]!.millivolts].map((v) => (Number.isNaN(v) ? -32768 : Math.round(v * 1000))),
    );
  });
});
