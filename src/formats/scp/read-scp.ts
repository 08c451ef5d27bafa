import { AppError } from '../../shared/app-error.ts';
import { checkSize, ecgSignal, type EcgSignal } from '../signal/ecg-signal.ts';
import { deriveLimbLeads } from '../signal/derive-limb-leads.ts';
import { leadOfMdcNumber } from '../signal/mdc-lead.ts';
import { standardOrder } from '../signal/standard-order.ts';
import { readScpBeats, readScpHeader, readScpLeads, readScpTables, type ScpLead } from './scp-parts.ts';
import { scpChecksum, scpSections, type ScpSections } from './scp-sections.ts';
import { readScpWaves, type ScpWaves } from './scp-waves.ts';

/**
 * Reads an SCP-ECG record (EN 1064; ISO 11073-91064), sections 0 to 6, as a recording: Huffman code by the default or
 * the record's own tables, first and second differences, reference beats added again. Limb leads that are not stored are
 * computed from I and II, with a remark.
 *
 * @throws AppError `corrupt`, `unsupported` for records thinned out between beats (bimodal compression), `too-large`
 */
export function readScp(bytes: Uint8Array): EcgSignal {
  const sections = scpSections(bytes);
  const [three, six] = [sections.get(3), sections.get(6)];
  if (!three || !six)
    throw new AppError('corrupt', 'The SCP record holds no rhythm: section 3 or 6 is missing.');
  const { leads: lines, subtracted } = readScpLeads(three);
  const counts = lines.map(({ first, last }) => last - first + 1);
  const start = Math.min(...lines.map(({ first }) => first));
  const samples = Math.max(...lines.map(({ last }) => last)) - start + 1;
  checkSize(lines.length, samples);
  const tables = readScpTables(sections.get(2));
  const rhythm = readScpWaves(six, () => counts, tables);
  if (rhythm.bimodal) {
    throw new AppError(
      'unsupported',
      'This SCP record is thinned out between beats (bimodal compression), which is not read. Export it uncompressed.',
    );
  }
  const beats = subtracted ? beatAdder(sections, lines, rhythm, tables) : null;
  const leads = lines.map(({ id, first, last }, l) => {
    const millivolts = new Float32Array(samples).fill(NaN);
    const stored = rhythm.leads[l]!;
    const scale = rhythm.nanovoltsPerUnit * 1e-6;
    for (let i = 0; i <= last - first; i++) millivolts[first - start + i] = stored[i]! * scale;
    beats?.(millivolts.subarray(first - start, last - start + 1), l);
    return { name: leadOfMdcNumber(id) ?? `lead ${id}`, millivolts };
  });
  const derived = deriveLimbLeads(leads);
  const remarks: string[] = [];
  if (derived.length > 0) {
    remarks.push(
      `${derived.map(({ name }) => name).join(', ')} are computed from I and II; the record does not store them.`,
    );
  }
  const stated = bytes[0]! | (bytes[1]! << 8);
  if (stated !== scpChecksum(bytes.subarray(2))) remarks.push('The checksum of the record does not hold.');
  return ecgSignal({
    ...readScpHeader(sections.get(1)),
    fs: 1e6 / rhythm.sampleMicroseconds,
    leads: standardOrder([...leads, ...derived]),
    remarks,
  });
}

/** Adds the reference beat of section 5 wherever section 4 says that it was subtracted. */
function beatAdder(
  sections: ScpSections,
  lines: readonly ScpLead[],
  rhythm: ScpWaves,
  tables: ReturnType<typeof readScpTables>,
): (millivolts: Float32Array, lead: number) => void {
  const [four, five] = [sections.get(4), sections.get(5)];
  if (!four || !five)
    throw new AppError('corrupt', 'The SCP record lacks the reference beat that was subtracted.');
  const { lengthMilliseconds, fiducial, beats } = readScpBeats(four);
  const countAt = (microseconds: number) => Math.floor((lengthMilliseconds * 1000) / microseconds);
  const reference = readScpWaves(five, (interval) => lines.map(() => countAt(interval)), tables);
  if (reference.sampleMicroseconds !== rhythm.sampleMicroseconds) {
    throw new AppError('unsupported', 'The SCP record has a reference beat of another rate than its rhythm.');
  }
  const scale = reference.nanovoltsPerUnit * 1e-6;
  return (millivolts, lead) => {
    const beat = reference.leads[lead]!;
    const offset = lines[lead]!.first;
    let added = 0;
    for (const { type, first, last, fiducial: at } of beats) {
      if (type !== 0) continue;
      const zero = at - fiducial + 1;
      const end = Math.min(last, offset + millivolts.length - 1, zero + beat.length - 1);
      const start = Math.max(first, offset, zero);
      added += Math.max(0, end - start + 1);
      // Beats follow one another; what overlaps over and over is made to keep us busy.
      if (added > 2 * millivolts.length)
        throw new AppError('corrupt', 'The beats of the SCP record overlap.');
      for (let sample = start; sample <= end; sample++) {
        millivolts[sample - offset] = millivolts[sample - offset]! + beat[sample - zero]! * scale;
      }
    }
  };
}
