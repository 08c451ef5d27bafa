import { isLeadName } from '../../shared/lead-name.ts';
import { sampleCount, type EcgLead, type EcgSignal } from '../signal/ecg-signal.ts';
import { hashUid } from '../signal/hash-uid.ts';
import { joinBytes } from '../signal/join-bytes.ts';
import { mdcLeadNumber } from '../signal/mdc-lead.ts';
import { NO_SAMPLE, toMicrovolts } from '../signal/microvolts.ts';
import { seenLeads } from '../signal/seen-leads.ts';
import {
  dicomDecimal,
  dicomElement as element,
  dicomNumber,
  dicomSequence as sequence,
} from './dicom-element.ts';

const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';
const TWELVE_LEAD = '1.2.840.10008.5.1.4.1.1.9.1.1';
const GENERAL = '1.2.840.10008.5.1.4.1.1.9.1.2';
const AMBULATORY = '1.2.840.10008.5.1.4.1.1.9.1.3';
/** Names this program among implementations. */
const IMPLEMENTATION = '2.25.239407610231447106203513880125943021377';

/** Stands for an unknown time where the standard demands one. */
export const UNKNOWN_TIME = '19000101000000';

/**
 * Writes a recording as a DICOM waveform object (PS3.3, A.34): 12-Lead ECG where it is one of 200 to 1000 Hz and at most
 * 16,384 samples, else General or Ambulatory ECG. 16 bits, a microvolt each, one multiplex group; what is unseen is the
 * padding value -32768, leads without any sample are left out, values beyond +-32.767 mV clipped. Comments are
 * waveform annotations, the record's id the series description; an unknown start is 1900-01-01. Unique identifiers are
 * made of the content: same recording, same bytes.
 */
export function writeDicom(signal: EcgSignal): Uint8Array<ArrayBuffer> {
  const leads = seenLeads(signal);
  const samples = sampleCount(signal);
  const data = new Uint8Array(2 * leads.length * samples);
  const view = new DataView(data.buffer);
  for (const [l, { millivolts }] of leads.entries()) {
    for (let i = 0; i < samples; i++)
      view.setInt16(2 * (i * leads.length + l), toMicrovolts(millivolts[i]!), true);
  }
  const about = [
    signal.fs,
    signal.startSeconds,
    signal.startTime,
    signal.recordId,
    signal.patientId,
    ...signal.comments,
  ];
  const content = joinBytes([
    new TextEncoder().encode(JSON.stringify([about, leads.map(({ name }) => name)])),
    data,
  ]);
  const kind = sopClass(signal, leads, samples);
  const instance = hashUid(content, 0);
  const moment = signal.startTime?.replace(/[-:T]/g, '') ?? UNKNOWN_TIME;
  const [day, time] = [moment.slice(0, 8), moment.slice(8)];
  const meta = joinBytes([
    element(0x00020001, 'OB', Uint8Array.of(0, 1)),
    element(0x00020002, 'UI', kind),
    element(0x00020003, 'UI', instance),
    element(0x00020010, 'UI', EXPLICIT_LITTLE_ENDIAN),
    element(0x00020012, 'UI', IMPLEMENTATION),
    element(0x00020013, 'SH', 'TRACEWRIGHT'),
  ]);
  const comments = signal.comments.map((comment) => [
    dicomNumber2(0x0040a0b0, [1, 0]),
    element(0x00700006, 'ST', comment.slice(0, 1024)),
  ]);
  return joinBytes([
    new Uint8Array(128),
    new TextEncoder().encode('DICM'),
    dicomNumber(0x00020000, 'UL', meta.length),
    meta,
    element(0x00080005, 'CS', 'ISO_IR 192'),
    element(0x00080016, 'UI', kind),
    element(0x00080018, 'UI', instance),
    element(0x00080020, 'DA', day),
    element(0x00080023, 'DA', day),
    element(0x0008002a, 'DT', moment),
    element(0x00080030, 'TM', time),
    element(0x00080033, 'TM', time),
    element(0x00080050, 'SH', ''),
    element(0x00080060, 'CS', 'ECG'),
    element(0x00080070, 'LO', 'Tracewright'),
    element(0x00080090, 'PN', ''),
    element(0x0008103e, 'LO', plain(signal.recordId)),
    element(0x00081090, 'LO', 'Tracewright'),
    element(0x00100010, 'PN', ''),
    element(0x00100020, 'LO', plain(signal.patientId)),
    element(0x00100030, 'DA', ''),
    element(0x00100040, 'CS', ''),
    element(0x0020000d, 'UI', hashUid(content, 1)),
    element(0x0020000e, 'UI', hashUid(content, 2)),
    element(0x00200010, 'SH', ''),
    element(0x00200011, 'IS', '1'),
    element(0x00200013, 'IS', '1'),
    sequence(0x00400555, []),
    ...(comments.length > 0 ? [sequence(0x0040b020, comments)] : []),
    sequence(0x54000100, [multiplexGroup(signal, leads, samples, data)]),
  ]);
}

function multiplexGroup(
  { fs, startSeconds }: EcgSignal,
  leads: readonly EcgLead[],
  samples: number,
  data: Uint8Array,
): Uint8Array[] {
  const padding = new Uint8Array(2);
  new DataView(padding.buffer).setInt16(0, NO_SAMPLE, true);
  return [
    ...(startSeconds === 0 ? [] : [element(0x00181068, 'DS', dicomDecimal(1000 * startSeconds))]),
    element(0x003a0004, 'CS', 'ORIGINAL'),
    dicomNumber(0x003a0005, 'US', leads.length),
    dicomNumber(0x003a0010, 'UL', samples),
    element(0x003a001a, 'DS', dicomDecimal(fs)),
    element(0x003a0020, 'SH', 'RHYTHM'),
    sequence(0x003a0200, leads.map(channel)),
    dicomNumber(0x54001004, 'US', 16),
    element(0x54001006, 'CS', 'SS'),
    element(0x5400100a, 'OW', padding),
    element(0x54001010, 'OW', data),
  ];
}

function channel({ name }: EcgLead): Uint8Array[] {
  const number = mdcLeadNumber(name);
  const source =
    number === null ? code('0', '99TRACEWRIGHT', plain(name)) : code(`2:${number}`, 'MDC', `Lead ${name}`);
  return [
    element(0x003a0203, 'SH', plain(name).slice(0, 16)),
    sequence(0x003a0208, [source]),
    element(0x003a0210, 'DS', '1'),
    sequence(0x003a0211, [code('uV', 'UCUM', 'microvolt')]),
    element(0x003a0212, 'DS', '1'),
    element(0x003a0213, 'DS', '0'),
    element(0x003a0214, 'DS', '0'),
    dicomNumber(0x003a021a, 'US', 16),
  ];
}

function code(value: string, scheme: string, meaning: string): Uint8Array[] {
  return [
    element(0x00080100, 'SH', value),
    element(0x00080102, 'SH', scheme),
    element(0x00080104, 'LO', meaning),
  ];
}

function sopClass({ fs }: EcgSignal, leads: readonly EcgLead[], samples: number): string {
  const standard = leads.length <= 13 && leads.every(({ name }) => isLeadName(name));
  if (fs >= 200 && fs <= 1000) return standard && samples <= 16_384 ? TWELVE_LEAD : GENERAL;
  return fs >= 50 && fs < 200 && leads.length <= 12 ? AMBULATORY : GENERAL;
}

/** Text of one value: a backslash would begin another one. */
function plain(text: string | null): string {
  return (text ?? '')
    .replace(/[\\\x00-\x1f]/g, '_')
    .slice(0, 64)
    .trim();
}

function dicomNumber2(tag: number, values: readonly number[]): Uint8Array {
  const body = new Uint8Array(2 * values.length);
  values.forEach((value, i) => new DataView(body.buffer).setUint16(2 * i, value, true));
  return element(tag, 'US', body);
}
