import { isLeadName } from '../../shared/lead-name.ts';
import { sampleCount, type EcgLead, type EcgSignal } from '../signal/ecg-signal.ts';
import { hashUid } from '../signal/hash-uid.ts';
import { toMicrovolts } from '../signal/microvolts.ts';
import { seenLeads } from '../signal/seen-leads.ts';
import { standardOrder } from '../signal/standard-order.ts';
import { seenStretches } from '../signal/unseen-stretches.ts';
import { escapeXml } from '../xml/escape-xml.ts';

/** Leads that are seen from one sample up to another. */
interface SequenceSet {
  readonly from: number;
  readonly to: number;
  readonly leads: EcgLead[];
}

/**
 * Writes a recording as an HL7 annotated ECG (HL7 V3 aECG, implementation guide of 2005-03-21): one rhythm series, a
 * sequence set for each stretch in which leads are seen (a 3x4 page has four), whole microvolts, times relative to the
 * first sample. Leads are in the standard order, those without any sample left out; values beyond +-32.767 mV are
 * clipped and the clock begins at 0. Comments are the document's text, a line each.
 */
export function writeAecg(signal: EcgSignal): string {
  const { fs, startTime, recordId, patientId, comments } = signal;
  const sets = sequenceSets(standardOrder(seenLeads(signal)));
  const body = sets.map((set) => sequenceSet(set, fs)).join('\n');
  const id = hashUid(
    new TextEncoder().encode(body + JSON.stringify([fs, startTime, recordId, patientId, comments])),
    0,
  );
  const extension = (text: string | null) => (text === null ? '' : ` extension="${escapeXml(text)}"`);
  const low = startTime === null ? 'nullFlavor="UNK"' : `value="${startTime.replace(/[-:T]/g, '')}"`;
  const time = `<effectiveTime><low ${low}/><width value="${sampleCount(signal) / fs}" unit="s"/></effectiveTime>`;
  const text = comments.length === 0 ? '' : `\n  <text>${escapeXml(comments.join('\n'))}</text>`;
  const subject =
    patientId === null
      ? ''
      : `
  <componentOf>
    <timepointEvent>
      <componentOf>
        <subjectAssignment>
          <subject>
            <trialSubject><id root="${id}"${extension(patientId)}/></trialSubject>
          </subject>
        </subjectAssignment>
      </componentOf>
    </timepointEvent>
  </componentOf>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<AnnotatedECG xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" classCode="OBS" moodCode="EVN">
  <id root="${id}"${extension(recordId)}/>
  <code code="93000" codeSystem="2.16.840.1.113883.6.12" codeSystemName="CPT-4"/>${text}
  ${time}${subject}
  <component>
    <series classCode="OBSSER" moodCode="EVN">
      <code code="RHYTHM" codeSystem="2.16.840.1.113883.5.4" codeSystemName="ActCode"/>
      ${time}
${body}
    </series>
  </component>
</AnnotatedECG>
`;
}

function sequenceSets(leads: readonly EcgLead[]): SequenceSet[] {
  const sets = new Map<string, SequenceSet>();
  for (const lead of leads) {
    for (const { from, to } of seenStretches(lead.millivolts)) {
      const key = `${from}-${to}`;
      const set = sets.get(key);
      if (set) set.leads.push(lead);
      else sets.set(key, { from, to, leads: [lead] });
    }
  }
  return [...sets.values()].sort((a, b) => a.from - b.from || a.to - b.to);
}

function sequenceSet({ from, to, leads }: SequenceSet, fs: number): string {
  const sequences = leads.map(({ name, millivolts }) => {
    const digits = Array.from(millivolts.subarray(from, to), toMicrovolts).join(' ');
    const code = isLeadName(name)
      ? `code="MDC_ECG_LEAD_${name.toUpperCase()}" codeSystem="2.16.840.1.113883.6.24" codeSystemName="MDC"`
      : `nullFlavor="OTH" displayName="${escapeXml(name)}"`;
    return sequence(
      `<code ${code}/>`,
      `<value xsi:type="SLIST_PQ"><origin value="0" unit="uV"/><scale value="1" unit="uV"/><digits>${digits}</digits></value>`,
    );
  });
  const clock = sequence(
    '<code code="TIME_RELATIVE" codeSystem="2.16.840.1.113883.5.4" codeSystemName="ActCode"/>',
    `<value xsi:type="GLIST_PQ"><head value="${from / fs}" unit="s"/><increment value="${1 / fs}" unit="s"/></value>`,
  );
  return `      <component>
        <sequenceSet classCode="OBSCOR" moodCode="EVN">
${[clock, ...sequences].join('\n')}
        </sequenceSet>
      </component>`;
}

function sequence(code: string, value: string): string {
  return `          <component><sequence classCode="OBS" moodCode="EVN">${code}${value}</sequence></component>`;
}
