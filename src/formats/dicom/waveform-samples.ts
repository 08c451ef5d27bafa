import type { DataSet } from 'dicom-parser';
import { AppError } from '../../shared/app-error.ts';
import { bytesOf, decodeNumbers, type Numbers, type NumberType } from '../signal/decode-numbers.ts';

const TYPES: Readonly<Record<string, NumberType>> = {
  SB8: 'i1',
  UB8: 'u1',
  SS16: 'i2',
  US16: 'u2',
  SL32: 'i4',
  UL32: 'u4',
};

/**
 * The numbers of a multiplex group, channel after channel in each frame.
 *
 * @throws AppError `unsupported` for companded samples, `corrupt` when there are too few
 */
export function waveformSamples(
  group: DataSet,
  count: number,
  littleEndian: boolean,
): { readonly data: Numbers; readonly padding: number | null } {
  const kind = `${group.string('x54001006') ?? 'SS'}${group.uint16('x54001004') ?? 16}`;
  const type = TYPES[kind];
  if (!type) throw new AppError('unsupported', `DICOM waveforms of ${kind} samples are not read.`);
  const element = group.elements['x54001010'];
  if (!element || element.length < count * bytesOf(type)) {
    throw new AppError('corrupt', `The DICOM waveform holds fewer than the ${count} samples it promises.`);
  }
  const bytes = group.byteArray as Uint8Array;
  const pad = group.elements['x5400100a'];
  return {
    data: decodeNumbers(
      bytes.subarray(element.dataOffset, element.dataOffset + element.length),
      count,
      type,
      littleEndian,
    ),
    padding:
      pad && pad.length >= bytesOf(type)
        ? decodeNumbers(
            bytes.subarray(pad.dataOffset, pad.dataOffset + pad.length),
            1,
            type,
            littleEndian,
          )[0]!
        : null,
  };
}
