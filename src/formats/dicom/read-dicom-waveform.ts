import dicomParser from 'dicom-parser';
import type { DataSet } from 'dicom-parser';
import { AppError } from '../../shared/app-error.ts';
import { latin1 } from '../signal/byte-reader.ts';
import { checkSize, ecgSignal, MAX_SAMPLES, type EcgSignal } from '../signal/ecg-signal.ts';
import { joinBytes } from '../signal/join-bytes.ts';
import { inflateBounded } from '../signal/inflate-bounded.ts';
import { voltageLeads } from '../signal/voltage-leads.ts';
import { dicomChannel } from './dicom-channel.ts';
import { waveformSamples } from './waveform-samples.ts';
import { UNKNOWN_TIME } from './write-dicom.ts';

/** Whether bytes begin like a DICOM file. */
export function isDicom(bytes: Uint8Array): boolean {
  return latin1(bytes.subarray(128, 132)) === 'DICM';
}

/**
 * Reads a DICOM waveform (12-Lead, General or Ambulatory ECG) as a recording: the voltages of the multiplex group with
 * the most samples, in millivolts; a median beat beside it is left out with a remark. Implicit and explicit transfer
 * syntaxes of either byte order, deflated ones too.
 *
 * @throws AppError `corrupt`, `unsupported` for images and for companded samples, `too-large`
 */
export function readDicomWaveform(bytes: Uint8Array): EcgSignal {
  try {
    return read(bytes);
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    // The parser throws texts and objects as well as errors.
    throw new AppError('corrupt', 'The DICOM file is damaged or cut short: it cannot be taken apart.', {
      cause: thrown,
    });
  }
}

function read(bytes: Uint8Array): EcgSignal {
  const data = dicomParser.parseDicom(bytes, {
    inflater: (all: Uint8Array, position: number) =>
      joinBytes([all.subarray(0, position), inflateBounded(all.subarray(position), 4 * MAX_SAMPLES, 'none')]),
  } as Parameters<typeof dicomParser.parseDicom>[1]);
  const groups = itemsOf(data, 'x54000100');
  if (groups.length === 0) throw new AppError('unsupported', 'The DICOM file holds no waveform.');
  const littleEndian = data.string('x00020010') !== '1.2.840.10008.1.2.2';
  const size = (group: DataSet) => (group.uint16('x003a0005') ?? 0) * (group.uint32('x003a0010') ?? 0);
  const group = [...groups].sort((a, b) => size(b) - size(a))[0]!;
  const channels = group.uint16('x003a0005') ?? 0;
  const samples = group.uint32('x003a0010') ?? 0;
  checkSize(channels, samples);
  const fs = Number(group.string('x003a001a'));
  const definitions = itemsOf(group, 'x003a0200');
  if (channels === 0 || samples === 0 || definitions.length < channels) {
    throw new AppError('corrupt', 'The DICOM waveform describes fewer channels than it has.');
  }
  const stored = waveformSamples(group, channels * samples, littleEndian);
  const { leads, remarks } = voltageLeads(
    definitions.slice(0, channels).map((definition, c) => {
      const { name, unit, scale, baseline } = dicomChannel(definition, c);
      const values = new Float32Array(samples);
      for (let i = 0; i < samples; i++) {
        const raw = stored.data[i * channels + c]!;
        values[i] = raw === stored.padding ? NaN : raw * scale + baseline;
      }
      return { name, unit, fs, values };
    }),
  );
  if (groups.length > 1)
    remarks.push(`Of ${groups.length} multiplex groups the one with the most samples is read.`);
  return ecgSignal({
    fs,
    leads,
    remarks,
    startSeconds: (group.floatString('x00181068') ?? 0) / 1000 || 0,
    startTime: startTimeOf(data),
    recordId: text(data, 'x0008103e') ?? text(data, 'x00200010'),
    patientId: text(data, 'x00100020'),
    comments: itemsOf(data, 'x0040b020').flatMap((item) => text(item, 'x00700006') ?? []),
  });
}

function itemsOf(data: DataSet, tag: string): DataSet[] {
  return (data.elements[tag]?.items ?? []).flatMap(({ dataSet }) => dataSet ?? []);
}

/** Text of an element as UTF-8, or as Latin-1 where it is none. */
function text(data: DataSet, tag: string): string | null {
  const element = data.elements[tag];
  if (!element || element.length === 0) return null;
  const bytes = data.byteArray.subarray(
    element.dataOffset,
    element.dataOffset + element.length,
  ) as Uint8Array;
  const decoded = new TextDecoder().decode(bytes);
  return (decoded.includes('�') ? latin1(bytes) : decoded).replace(/[\0 ]+$/, '') || null;
}

function startTimeOf(data: DataSet): string | null {
  const stated =
    data.string('x0008002a') ?? `${data.string('x00080023') ?? ''}${data.string('x00080033') ?? ''}`;
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(\.\d+)?/.exec(stated);
  if (!parts || stated.startsWith(UNKNOWN_TIME)) return null;
  const [, year, month, day, hour, minute, second = '00', fraction] = parts;
  const milliseconds = fraction && Number(fraction) > 0 ? Number(fraction).toFixed(3).slice(1) : '';
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${milliseconds}`;
}
