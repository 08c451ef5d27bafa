import type { LeadCell } from '../lead/layout.ts';
import type { EditedPath } from './edited-path.ts';
import { layWire } from './live-wire.ts';
import type { PageEditor } from './page-editor.ts';
import { PROVENANCE } from './provenance.ts';
import { leadBand, lineThroughInk, refineStretch, splice } from './solve-stretch.ts';

/**
 * Traces the columns `from` to `to` of a path as the machine would, beginning and ending at given rows where they are not
 * null. Some 20 ms per second of lead.
 */
export function traceColumns(
  editor: PageEditor,
  path: EditedPath,
  cell: LeadCell,
  from: number,
  to: number,
  left: number | null,
  right: number | null,
): EditedPath {
  const evidence = editor.evidenceOf(cell.id);
  const { height } = evidence.ink.coverage;
  const band = leadBand(cell, from, to + 1, height, editor.ground.rectification.canonicalPxPerMm);
  const { claims, others } = editor.claims(cell.id);
  const wire = layWire(evidence.ink, band, claims, others, { from: left, to: right });
  const line = lineThroughInk(evidence, band, wire.cheapest(), claims, others, path.samplesPerPx);
  const refined = refineStretch(evidence, splice(path, line, from, to), from, to);
  const provenance = refined.provenance.slice();
  const confidence = refined.confidence.slice();
  for (let x = from; x <= to; x++) {
    const bridged = provenance[x - path.x0] === PROVENANCE.humanBridged;
    provenance[x - path.x0] = bridged ? PROVENANCE.machineBridged : PROVENANCE.machine;
    confidence[x - path.x0] = bridged ? 0.2 : 0.8;
  }
  return { ...refined, provenance, confidence };
}
