import type { EcgLead, EcgSignal } from '../signal/ecg-signal.ts';
import { mdcLeadNumber } from '../signal/mdc-lead.ts';
import { toMicrovolts } from '../signal/microvolts.ts';
import { seenLeads } from '../signal/seen-leads.ts';

/** Code system of ISO/IEEE 11073-10101. */
const MDC = 'urn:iso:std:iso:11073:10101';
/** MDC_ECG_ELEC_POTL; a lead's code is its number above it. */
export const MDC_POTENTIAL = 131328;
/** Our own extensions: local time of day, which FHIR knows only with a zone, and a clock that does not start at 0. */
export const LOCAL_TIME = 'urn:tracewright:local-time';
export const START_SECONDS = 'urn:tracewright:start-seconds';

/**
 * Writes a recording as a FHIR R4 Observation (JSON): a component per lead with its samples as SampledData in whole
 * microvolts, `E` where unseen. Leads without any sample are left out, values beyond +-32.767 mV clipped. The status is
 * preliminary: whoever takes it over knows whether a person has verified it.
 */
export function writeFhir(signal: EcgSignal): string {
  const { fs, startSeconds, startTime, recordId, patientId, comments } = signal;
  const [day, time] = startTime?.split('T') ?? [];
  const observation = {
    resourceType: 'Observation',
    ...(startSeconds === 0 ? {} : { extension: [{ url: START_SECONDS, valueDecimal: startSeconds }] }),
    ...(recordId === null ? {} : { identifier: [{ value: recordId }] }),
    status: 'preliminary',
    category: [
      {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'procedure' }],
      },
    ],
    code: {
      coding: [{ system: MDC, code: String(MDC_POTENTIAL), display: 'MDC_ECG_ELEC_POTL' }],
      text: 'ECG',
    },
    ...(patientId === null ? {} : { subject: { type: 'Patient', identifier: { value: patientId } } }),
    ...(day === undefined
      ? {}
      : {
          effectiveDateTime: day,
          _effectiveDateTime: { extension: [{ url: LOCAL_TIME, valueTime: time }] },
        }),
    device: { display: 'Tracewright' },
    ...(comments.length === 0 ? {} : { note: comments.map((text) => ({ text })) }),
    component: seenLeads(signal).map((lead) => component(lead, fs)),
  };
  return JSON.stringify(observation, null, 2) + '\n';
}

function component({ name, millivolts }: EcgLead, fs: number): object {
  const number = mdcLeadNumber(name);
  const coding =
    number === null
      ? {}
      : {
          coding: [
            {
              system: MDC,
              code: String(MDC_POTENTIAL + number),
              display: `MDC_ECG_ELEC_POTL_${name.toUpperCase()}`,
            },
          ],
        };
  return {
    code: { ...coding, text: name },
    valueSampledData: {
      origin: { value: 0, unit: 'mV', system: 'http://unitsofmeasure.org', code: 'mV' },
      period: 1000 / fs,
      factor: 0.001,
      dimensions: 1,
      data: Array.from(millivolts, (value) => (Number.isNaN(value) ? 'E' : toMicrovolts(value))).join(' '),
    },
  };
}
