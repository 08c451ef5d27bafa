import type { DataSet } from 'dicom-parser';
import { leadLabel } from '../signal/lead-label.ts';
import { leadOfMdcNumber } from '../signal/mdc-lead.ts';

/** How the numbers of a channel become a lead's values. */
export interface DicomChannel {
  readonly name: string;
  readonly unit: string;
  /** `unit` per stored number, and `unit` of a stored 0. */
  readonly scale: number;
  readonly baseline: number;
}

/** Reads a channel definition (PS3.3, C.10.9.1.4); what it does not say is 1 or 0, in microvolts. */
export function dicomChannel(definition: DataSet, index: number): DicomChannel {
  const source = definition.elements['x003a0208']?.items?.[0]?.dataSet;
  const unit = definition.elements['x003a0211']?.items?.[0]?.dataSet;
  // `2:61` of MDC, `5.6.3-9-61` of SCP-ECG: the last number is the lead's in both.
  const scheme = source?.string('x00080102') ?? '';
  const value = source?.string('x00080100') ?? '';
  const number = /^(?:2:|5\.6\.3-9-)(\d+)$/.exec(value);
  const coded = number && /^(MDC|SCPECG)/.test(scheme) ? leadOfMdcNumber(Number(number[1])) : null;
  const meaning = (source?.string('x00080104') ?? '').replace(/\(.*\)/, '');
  const label = definition.string('x003a0203') ?? '';
  return {
    name: coded ?? leadLabel(meaning || label || `channel ${index + 1}`),
    unit: unit?.string('x00080100') ?? 'uV',
    scale: numberOf(definition, 'x003a0210', 1) * numberOf(definition, 'x003a0212', 1),
    baseline: numberOf(definition, 'x003a0213', 0),
  };
}

function numberOf(definition: DataSet, tag: string, usual: number): number {
  const value = definition.floatString(tag);
  return value !== undefined && Number.isFinite(value) ? value : usual;
}
