import { ecgSignal, type EcgSignal } from '../signal/ecg-signal.ts';
import { leadLabel } from '../signal/lead-label.ts';
import { voltageLeads } from '../signal/voltage-leads.ts';
import { readWfdb } from './read-wfdb.ts';
import { PATIENT } from './write-wfdb.ts';

/**
 * Reads a WFDB record as a recording: its voltages in millivolts. Signals of other units, and of other rates than most,
 * are left out with a remark.
 *
 * @throws AppError as `readWfdb`, and `corrupt` when no signal is a voltage
 */
export function readWfdbSignal(headerText: string, readFile: (fileName: string) => Uint8Array): EcgSignal {
  const record = readWfdb(headerText, readFile);
  const { fs, leads, remarks } = voltageLeads(
    record.signals.map(({ description, unit, samplesPerFrame, values }, i) => ({
      name: leadLabel(description || `signal ${i + 1}`),
      unit,
      fs: record.fs * samplesPerFrame,
      values,
    })),
  );
  const patient = record.comments.find((comment) => comment.startsWith(PATIENT));
  return ecgSignal({
    fs,
    leads,
    remarks,
    startSeconds: record.startSeconds,
    startTime: record.startTime,
    recordId: record.name,
    patientId: patient?.slice(PATIENT.length) ?? null,
    comments: record.comments.filter((comment) => comment !== patient && comment !== ''),
  });
}
