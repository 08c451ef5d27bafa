import { AppError } from '../../shared/app-error.ts';
import { fromBase64 } from '../../shared/edit/base64.ts';
import { checkSize, ecgSignal, type EcgLead, type EcgSignal } from '../signal/ecg-signal.ts';
import { decodeNumbers } from '../signal/decode-numbers.ts';
import { deriveLimbLeads } from '../signal/derive-limb-leads.ts';
import { leadLabel } from '../signal/lead-label.ts';
import { standardOrder } from '../signal/standard-order.ts';
import { millivoltsPerUnit } from '../signal/voltage-unit.ts';
import { readXml } from '../xml/read-xml.ts';
import { childOf, childrenOf, textOf, type XmlNode } from '../xml/xml-node.ts';

/**
 * Reads the XML that GE MUSE exports as a recording: the rhythm waveform, samples as base64 of 16-bit integers. MUSE
 * stores eight leads; III, aVR, aVL and aVF are computed from I and II (Einthoven, Goldberger) and a remark says so.
 *
 * @throws AppError `corrupt`, `unsupported` for other sample sizes, `too-large`
 */
export function readMuse(bytes: Uint8Array): EcgSignal {
  const root = readXml(bytes);
  if (root.name !== 'RestingECG') throw new AppError('corrupt', 'The XML file is no resting ECG of MUSE.');
  const waveforms = childrenOf(root, 'Waveform');
  const waveform = waveforms.find((node) => textOf(node, 'WaveformType') === 'Rhythm') ?? waveforms[0];
  if (!waveform) throw new AppError('corrupt', 'The MUSE file holds no waveform.');
  const fs =
    Number(textOf(waveform, 'SampleBase') || NaN) * 10 ** Number(textOf(waveform, 'SampleExponent') || 0);
  const leads = childrenOf(waveform, 'LeadData').map(readLead);
  const remarks = waveforms.length > 1 ? [`Of ${waveforms.length} waveforms the rhythm is read.`] : [];
  const derived = deriveLimbLeads(leads);
  if (derived.length > 0) {
    remarks.push(
      `${derived.map(({ name }) => name).join(', ')} are computed from I and II, as MUSE does not store them.`,
    );
  }
  const test = childOf(root, 'TestDemographics');
  const date = /^(\d\d)-(\d\d)-(\d{4})$/.exec(textOf(test, 'AcquisitionDate'));
  const time = /^\d\d:\d\d:\d\d$/.exec(textOf(test, 'AcquisitionTime'));
  return ecgSignal({
    fs,
    leads: standardOrder([...leads, ...derived]),
    startTime: date ? `${date[3]}-${date[1]}-${date[2]}T${time?.[0] ?? '00:00:00'}` : null,
    patientId: textOf(childOf(root, 'PatientDemographics'), 'PatientID'),
    remarks,
  });
}

function readLead(node: XmlNode): EcgLead {
  const name = leadLabel(textOf(node, 'LeadID'));
  const size = Number(textOf(node, 'LeadSampleSize') || 2);
  if (size !== 2)
    throw new AppError(
      'unsupported',
      `Lead ${name} of the MUSE file has samples of ${size} bytes: 2 are read.`,
    );
  const text = textOf(node, 'WaveFormData').replace(/\s+/g, '');
  checkSize(1, text.length / 2);
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
    throw new AppError('corrupt', `Lead ${name} of the MUSE file is no base64.`);
  }
  const body = fromBase64(text);
  const stored = decodeNumbers(body, body.length >> 1, 'i2', true);
  const unit = millivoltsPerUnit(textOf(node, 'LeadAmplitudeUnits')) ?? 0.001;
  const step = Number(textOf(node, 'LeadAmplitudeUnitsPerBit') || NaN) * unit;
  if (!Number.isFinite(step))
    throw new AppError('corrupt', `Lead ${name} of the MUSE file does not say its scale.`);
  const baseline = Number(textOf(node, 'FirstSampleBaseline')) || 0;
  return { name, millivolts: Float32Array.from(stored, (value) => (value - baseline) * step) };
}
