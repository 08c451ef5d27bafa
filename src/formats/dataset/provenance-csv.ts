import type { ProvenanceRun } from '../../core/edit/provenance-runs.ts';

/** Header of {@link writeProvenanceCsv}. */
export const PROVENANCE_HEADER =
  'cell,lead,role,first_column,last_column,start_s,end_s,source,confidence' as const;

/** Who drew which columns of which lead: a row per run of neighbouring columns that were drawn alike. */
export function writeProvenanceCsv(runs: readonly ProvenanceRun[]): string {
  const rows = runs.map(
    ({ cellId, lead, role, firstColumn, lastColumn, startSeconds, endSeconds, source, confidence }) =>
      [
        cellId,
        lead,
        role,
        firstColumn,
        lastColumn,
        startSeconds.toFixed(4),
        endSeconds.toFixed(4),
        source,
        confidence.toFixed(3),
      ].join(','),
  );
  return [PROVENANCE_HEADER, ...rows, ''].join('\n');
}
