import { AppError } from '../../shared/app-error.ts';
import { checkSize, ecgSignal, type EcgSignal } from '../signal/ecg-signal.ts';
import { leadLabel } from '../signal/lead-label.ts';
import { leadOfMdcNumber } from '../signal/mdc-lead.ts';
import { rateOfPeriod } from '../signal/rate-of-period.ts';
import { voltageLeads, type Channel } from '../signal/voltage-leads.ts';
import { LOCAL_TIME, MDC_POTENTIAL, START_SECONDS } from './write-fhir.ts';
import { largestOf } from '../signal/extremes.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const MAX_BYTES = 400 * 2 ** 20;
/** Milliseconds of the units in which R5 states an interval. */
const INTERVALS: Readonly<Record<string, number>> = { ms: 1, s: 1000, us: 0.001, ns: 1e-6 };

/**
 * Reads a FHIR Observation with SampledData, R4 or R5, or a Bundle with one, as a recording: its voltages in
 * millivolts. Errors and values beyond the detection limits (`E`, `L`, `U`) are unseen.
 *
 * @throws AppError `corrupt`, `unsupported` for a Bundle of several ECGs, `too-large`
 */
export function readFhir(bytes: Uint8Array): EcgSignal {
  const observation = findObservation(parse(bytes));
  const parts = [...list(observation, 'component'), observation].filter((part) =>
    field(part, 'valueSampledData'),
  );
  if (parts.length === 0) throw new AppError('corrupt', 'The FHIR resource holds no sampled data.');
  const remarks: string[] = [];
  const channels = parts.flatMap((part, i) => {
    const sampled = field(part, 'valueSampledData');
    if (number(sampled, 'dimensions', 1) !== 1) {
      remarks.push(`${nameOf(part, i)} is left out: it has several dimensions.`);
      return [];
    }
    return [channelOf(sampled, nameOf(part, i))];
  });
  const { fs, leads, remarks: leftOut } = voltageLeads(channels);
  const longest = largestOf(
    0,
    leads.map(({ millivolts }) => millivolts.length),
  );
  const effective =
    text(observation, 'effectiveDateTime') ?? text(field(observation, 'effectivePeriod'), 'start');
  return ecgSignal({
    fs,
    leads: leads.map(({ name, millivolts }) => {
      if (millivolts.length === longest) return { name, millivolts };
      const padded = new Float32Array(longest).fill(NaN);
      padded.set(millivolts);
      return { name, millivolts: padded };
    }),
    startSeconds: number(extension(observation, START_SECONDS), 'valueDecimal', 0),
    startTime: startTimeOf(
      effective,
      text(extension(field(observation, '_effectiveDateTime'), LOCAL_TIME), 'valueTime'),
    ),
    recordId: text(list(observation, 'identifier')[0], 'value') ?? text(observation, 'id'),
    patientId:
      text(field(field(observation, 'subject'), 'identifier'), 'value') ??
      text(field(observation, 'subject'), 'reference'),
    comments: list(observation, 'note').flatMap((note) => text(note, 'text') ?? []),
    remarks: [...remarks, ...leftOut],
  });
}

function parse(bytes: Uint8Array): Json {
  if (bytes.length > MAX_BYTES)
    throw new AppError('too-large', `A JSON file of ${bytes.length} bytes is not read.`);
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Json;
  } catch (thrown) {
    throw new AppError('corrupt', 'The file is no JSON: it cannot be parsed.', { cause: thrown });
  }
}

function findObservation(root: Json): Json {
  const kind = text(root, 'resourceType');
  if (kind === 'Observation') return root;
  if (kind !== 'Bundle') throw new AppError('corrupt', 'The JSON file is no FHIR Observation or Bundle.');
  const found = list(root, 'entry')
    .map((entry) => field(entry, 'resource'))
    .filter((resource) => text(resource, 'resourceType') === 'Observation')
    .filter((resource) =>
      [...list(resource, 'component'), resource].some((part) => field(part, 'valueSampledData')),
    );
  if (found.length > 1) {
    throw new AppError(
      'unsupported',
      `The FHIR Bundle holds ${found.length} ECGs; give each a file of its own.`,
    );
  }
  return found[0] ?? null;
}

function channelOf(sampled: Json, name: string): Channel {
  const origin = field(sampled, 'origin');
  const unit = text(origin, 'code') ?? text(origin, 'unit') ?? '';
  const period = number(sampled, 'period', NaN);
  const interval = number(sampled, 'interval', NaN) * (INTERVALS[text(sampled, 'intervalUnit') ?? ''] ?? NaN);
  const milliseconds = Number.isNaN(period) ? interval : period;
  if (!(milliseconds > 0)) throw new AppError('corrupt', `${name} of the FHIR Observation has no period.`);
  const words = (text(sampled, 'data') ?? '').trim().split(/\s+/);
  checkSize(1, words.length);
  const [zero, factor] = [number(origin, 'value', 0), number(sampled, 'factor', 1)];
  const values = new Float32Array(words.length);
  for (const [i, word] of words.entries()) {
    const seen = !/^[EULeul]$/.test(word);
    const value = Number(word);
    if (seen && (word === '' || Number.isNaN(value))) {
      throw new AppError(
        'corrupt',
        `${name} of the FHIR Observation holds "${word.slice(0, 20)}" among its samples.`,
      );
    }
    values[i] = seen ? zero + value * factor : NaN;
  }
  return { name, unit, fs: rateOfPeriod(milliseconds / 1000), values };
}

function nameOf(part: Json, index: number): string {
  const code = field(part, 'code');
  for (const coding of list(code, 'coding')) {
    const lead = leadOfMdcNumber(Number(text(coding, 'code')) - MDC_POTENTIAL);
    if (lead) return lead;
  }
  const title = text(code, 'text') ?? text(list(code, 'coding')[0], 'display') ?? `lead ${index + 1}`;
  return leadLabel(title.replace(/^MDC_ECG_ELEC_POTL_/, ''));
}

function startTimeOf(effective: string | null, localTime: string | null): string | null {
  const parts = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(\.\d+)?)?/.exec(effective ?? '');
  if (!parts) return null;
  const clock = /^\d\d:\d\d:\d\d(\.\d{1,3})?$/.test(localTime ?? '') ? localTime! : (parts[2] ?? '00:00:00');
  return `${parts[1]}T${clock}`;
}

function extension(node: Json | undefined, url: string): Json {
  return list(node, 'extension').find((entry) => text(entry, 'url') === url) ?? null;
}

function field(node: Json | undefined, key: string): Json {
  return node && typeof node === 'object' && !Array.isArray(node) ? (node[key] ?? null) : null;
}

function list(node: Json | undefined, key: string): Json[] {
  const value = field(node, key);
  return Array.isArray(value) ? value : [];
}

function text(node: Json | undefined, key: string): string | null {
  const value = field(node, key);
  return typeof value === 'string' && value !== '' ? value : null;
}

function number(node: Json | undefined, key: string, usual: number): number {
  const value = field(node, key);
  return typeof value === 'number' ? value : usual;
}
