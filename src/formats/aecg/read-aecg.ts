import { AppError } from '../../shared/app-error.ts';
import { checkSize, ecgSignal, type EcgSignal } from '../signal/ecg-signal.ts';
import { leadLabel } from '../signal/lead-label.ts';
import { rateOfPeriod } from '../signal/rate-of-period.ts';
import { standardOrder } from '../signal/standard-order.ts';
import { millivoltsPerUnit } from '../signal/voltage-unit.ts';
import { readXml } from '../xml/read-xml.ts';
import { childOf, childrenOf, descend, type XmlNode } from '../xml/xml-node.ts';
import { hl7Quantity, hl7Seconds, hl7StartTime } from './hl7-values.ts';
import { largestOf, smallestOf } from '../signal/extremes.ts';

/** A lead from a second on. */
interface Piece {
  readonly name: string;
  readonly startSeconds: number;
  readonly fs: number;
  readonly millivolts: Float32Array;
}

/**
 * Reads an HL7 annotated ECG as a recording: the rhythm series (or the first), its sequence sets put together on one
 * clock, what none of them covers unseen. Leads come in the standard order.
 *
 * @throws AppError `corrupt`, `unsupported` when its sequences have different rates, `too-large`
 */
export function readAecg(bytes: Uint8Array): EcgSignal {
  const root = readXml(bytes);
  if (root.name !== 'AnnotatedECG') throw new AppError('corrupt', 'The XML file is no HL7 annotated ECG.');
  const all = childrenOf(root, 'component').flatMap((component) => childrenOf(component, 'series'));
  const series = all.find((node) => childOf(node, 'code')?.attributes['code'] === 'RHYTHM') ?? all[0];
  const remarks: string[] = [];
  const pieces = childrenOf(series, 'component').flatMap((component) =>
    childrenOf(component, 'sequenceSet').flatMap((set) => piecesOf(set, remarks)),
  );
  const first = pieces[0];
  if (!first) throw new AppError('corrupt', 'The annotated ECG has no sequence of a lead.');
  const { fs } = first;
  if (pieces.some((piece) => Math.abs(piece.fs - fs) > fs * 1e-6)) {
    throw new AppError('unsupported', 'The annotated ECG has sequences of different rates.');
  }
  if (all.length > 1) remarks.push(`Of ${all.length} series the rhythm is read.`);
  const startTime = [series, root].map((node) => descend(node, 'effectiveTime', 'low')?.attributes['value']);
  const subject = descend(
    root,
    'componentOf',
    'timepointEvent',
    'componentOf',
    'subjectAssignment',
    'subject',
  );
  const text = childOf(root, 'text')?.text ?? '';
  return ecgSignal({
    fs,
    leads: assemble(pieces, fs, hl7Quantity(descend(series, 'effectiveTime', 'width'), 's') ?? 0),
    startTime: hl7StartTime(startTime.find((value) => value) ?? ''),
    recordId: childOf(root, 'id')?.attributes['extension'] ?? null,
    patientId: descend(subject, 'trialSubject', 'id')?.attributes['extension'] ?? null,
    comments: text === '' ? [] : text.split('\n'),
    remarks,
  });
}

function assemble(pieces: readonly Piece[], fs: number, widthSeconds: number) {
  // Absolute times count from the first of them, relative ones from their own 0.
  const origin = smallestOf(
    Infinity,
    pieces.map(({ startSeconds }) => startSeconds),
  );
  const zero = Math.abs(origin) > 86_400 * 7 ? origin : Math.min(0, origin);
  const names = [...new Set(pieces.map(({ name }) => name))];
  const end = (piece: Piece) => Math.round((piece.startSeconds - zero) * fs) + piece.millivolts.length;
  const samples = largestOf(Math.round(widthSeconds * fs), pieces.map(end));
  checkSize(names.length, samples);
  const leads = names.map((name) => {
    const millivolts = new Float32Array(samples).fill(NaN);
    for (const piece of pieces) {
      if (piece.name === name) millivolts.set(piece.millivolts, end(piece) - piece.millivolts.length);
    }
    return { name, millivolts };
  });
  return standardOrder(leads);
}

function piecesOf(set: XmlNode, remarks: string[]): Piece[] {
  const sequences = childrenOf(set, 'component').flatMap((component) => childrenOf(component, 'sequence'));
  const codeOf = (node: XmlNode) => childOf(node, 'code')?.attributes['code'] ?? '';
  const clock = sequences.find((node) => codeOf(node).startsWith('TIME_'));
  const increment = hl7Quantity(descend(clock, 'value', 'increment'), 's');
  const head = descend(clock, 'value', 'head');
  if (increment === null || !(increment > 0)) {
    throw new AppError(
      'corrupt',
      'A sequence set of the annotated ECG does not say how fast it was sampled.',
    );
  }
  const startSeconds =
    codeOf(clock!) === 'TIME_ABSOLUTE' ? hl7Seconds(head?.attributes['value'] ?? '') : hl7Quantity(head, 's');
  const pieces: Piece[] = [];
  for (const node of sequences) {
    if (node === clock) continue;
    const name = leadLabel(codeOf(node) || childOf(node, 'code')?.attributes['displayName'] || '');
    const value = childOf(node, 'value');
    const scale = childOf(value, 'scale');
    const unit = millivoltsPerUnit(scale?.attributes['unit'] ?? '');
    if (unit === null) {
      remarks.push(`${name || 'A sequence'} is left out: it is no voltage.`);
      continue;
    }
    const step = Number(scale!.attributes['value']) * unit;
    const origin = childOf(value, 'origin');
    const zero =
      Number(origin?.attributes['value'] ?? 0) *
      (millivoltsPerUnit(origin?.attributes['unit'] ?? '') ?? unit);
    const digits = (childOf(value, 'digits')?.text ?? '').trim().split(/\s+/);
    checkSize(1, digits.length);
    const millivolts = Float32Array.from(digits, (digit) => zero + Number(digit) * step);
    if (digits[0] === '' || digits.some((digit) => Number.isNaN(Number(digit)))) {
      throw new AppError(
        'corrupt',
        `The sequence ${name} of the annotated ECG has digits that are no numbers.`,
      );
    }
    pieces.push({ name, startSeconds: startSeconds ?? 0, fs: rateOfPeriod(increment), millivolts });
  }
  return pieces;
}
